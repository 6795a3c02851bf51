/// How a session is opened and what limits it has.
public struct ConnectionOptions: Hashable, Sendable {
    /// What the server shows for the session in `pg_stat_activity`.
    public var applicationName: String
    /// Whole seconds to wait for the server, at least 2; one given in the connection string or
    /// in PGCONNECT_TIMEOUT goes before.
    public var connectTimeout: Int
    /// Milliseconds after which the server cancels a statement; 0 for never.
    public var statementTimeout: Int
    /// Milliseconds after which a statement gives up waiting for a lock; 0 for never.
    public var lockTimeout: Int

    public init(
        applicationName: String = "sgs", connectTimeout: Int = 10, statementTimeout: Int = 0,
        lockTimeout: Int = 0
    ) {
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
    }
}
