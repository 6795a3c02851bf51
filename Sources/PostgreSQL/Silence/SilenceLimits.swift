/// How long a server may be silent before its session counts as lost.
///
/// TCP's own keepalive tells of a host that is gone, but not of a proxy between that acknowledges
/// everything and passes nothing on.  With the default limits a session that nothing comes from
/// any more is given up within 30 s, however it is used.
public struct SilenceLimits: Hashable, Sendable {
    /// After this long without progress of a statement the server is asked, in another session,
    /// whether it works on it.  A statement may run for hours as long as it does.
    public var silence: Duration
    /// How long that question may go unanswered, or that of an idle listener.
    public var answer: Duration
    /// How often a session that waits for notifications makes sure that the server is there.
    public var idle: Duration
    /// How long a statement goes on whose task has been cancelled.
    public var cancellation: Duration

    public init(
        silence: Duration = .seconds(8), answer: Duration = .seconds(8),
        idle: Duration = .seconds(10), cancellation: Duration = .seconds(2)
    ) {
        self.silence = silence
        self.answer = answer
        self.idle = idle
        self.cancellation = cancellation
    }
}
