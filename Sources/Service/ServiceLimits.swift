public import NIOCore

/// What one client may ask of the service at most.
///
/// Anything beyond is refused with a 4xx answer or a closed connection, so that a slow or greedy client
/// takes nothing from the others.
public struct ServiceLimits: Sendable {
    /// The largest request body in bytes; 100,000 positions in CSV need about 5 MB.
    public let bodyBytes: Int
    /// The most positions in one bulk question.
    public let positions: Int
    /// The most rows of one answer; the next page is linked.
    public let rows: Int
    /// The most connections at a time; more wait in the system's queue.
    public let connections: Int
    /// The most clients that follow changes as server-sent events at a time.
    public let followers: Int
    /// How long a connection may stay without a byte in either direction.
    public let idle: TimeAmount
    /// How long the database may take over one statement.
    public let statement: TimeAmount
    /// The most bytes that bodies being read and answers being sent take in all; whoever finds no
    /// room is told to come again.
    public let bytesUnderWay: Int

    /// Limits that suit a service behind a proxy.
    public init(
        bodyBytes: Int = 8 << 20, positions: Int = 100_000, rows: Int = 10_000,
        connections: Int = 12_000, followers: Int = 200, idle: TimeAmount = .seconds(30),
        statement: TimeAmount = .seconds(10), bytesUnderWay: Int = 64 << 20
    ) {
        self.bodyBytes = bodyBytes
        self.positions = positions
        self.rows = rows
        self.connections = connections
        self.followers = followers
        self.idle = idle
        self.statement = statement
        self.bytesUnderWay = bytesUnderWay
    }
}
