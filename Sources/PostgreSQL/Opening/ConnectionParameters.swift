import CPQ
import Glibc

/// What libpq is given to open a session.
struct ConnectionParameters: Sendable {
    private let pairs: [(keyword: String, value: String)]
    private let string: ConnectionString

    /// The user's string goes before the options, whose settings of the server it may add to.
    ///
    /// A connection over TCP is looked after by the kernels at both ends (libpq manual, 34.1.2:
    /// `keepalives`, `tcp_user_timeout`; PostgreSQL manual, 20.3.2).
    init(_ string: ConnectionString, options: ConnectionOptions) {
        let server = [
            "TimeZone=UTC", "client_min_messages=warning",
            "statement_timeout=\(options.statementTimeout)", "lock_timeout=\(options.lockTimeout)",
            "idle_in_transaction_session_timeout=\(options.idleInTransactionTimeout)",
            "tcp_keepalives_idle=30", "tcp_keepalives_interval=10", "tcp_keepalives_count=3",
        ].map { "-c \($0)" }.joined(separator: " ")
        var settings = [
            "client_encoding": "UTF8", "application_name": options.applicationName,
            "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
            "tcp_user_timeout": "20000",
        ]
        if getenv("PGCONNECT_TIMEOUT") == nil {
            settings["connect_timeout"] = String(options.connectTimeout)
        }
        // What follows "dbname" in the expanded string overrides what stands before it.
        let own = settings.sorted { $0.key < $1.key }.map { (keyword: $0.key, value: $0.value) }
        let users = string.serverOptions ?? getenv("PGOPTIONS").map { String(cString: $0) }
        pairs =
            own + [
                ("dbname", string.text), ("options", users.map { "\(server) \($0)" } ?? server),
            ]
        self.string = string
    }

    private init(_ pairs: [(keyword: String, value: String)], _ string: ConnectionString) {
        self.pairs = pairs
        self.string = string
    }

    /// The same with other values for some keywords.
    func with(_ others: [(keyword: String, value: String)]) -> ConnectionParameters {
        ConnectionParameters(pairs + others, string)
    }

    /// Lends the keywords and values, each list with NULL at its end.
    func withPointers<Result>(
        _ body: ([UnsafePointer<CChar>?], [UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        withCStrings(pairs.map(\.keyword)) { keywords in
            withCStrings(pairs.map(\.value)) { values in body(keywords + [nil], values + [nil]) }
        }
    }

    /// `message` on one line and without the password.
    func redacted(_ message: String) -> String { string.redacted(message) }
}
