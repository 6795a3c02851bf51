/// How a session is opened and what limits it has.
///
/// What the user's connection string says about `connect_timeout`, `keepalives`,
/// `tcp_user_timeout` and the others of libpq's parameters goes before these, and so does what it
/// says in `options` about the server's settings.
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
    /// Milliseconds after which the server ends a session that does nothing within a transaction,
    /// and so frees the locks of a client that it does not hear any more; 0 for never.
    public var idleInTransactionTimeout: Int
    /// When a server that says nothing counts as lost.
    public var limits: SilenceLimits

    public init(
        applicationName: String = "sgs", connectTimeout: Int = 10, statementTimeout: Int = 0,
        lockTimeout: Int = 0, idleInTransactionTimeout: Int = 120_000,
        limits: SilenceLimits = SilenceLimits()
    ) {
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.limits = limits
    }
}
