import Glibc

extension AttemptFolder {
    /// Takes an attempt over from an agent that is gone or out of reach: it is revoked, and what
    /// lives of it is killed until nothing holds the lock.
    ///
    /// Only the lock tells that nothing is left: a process that is just being started or just ends
    /// has no mark that could be found, but has the lock.
    ///
    /// - Parameters:
    ///   - mark: the attempt's; that of the whole agent only where the agent is gone.
    ///   - patience: seconds until it is given up, as when the agent itself lives and holds the
    ///     lock.
    /// - Returns: the result where there is one; `running` where it was given up.
    /// - Throws: `PayloadError` of code `file` where it cannot be revoked.
    public func takeOver(
        _ mark: AttemptMark, patience: Double = 10
    ) throws(PayloadError) -> Condition {
        try revoke()
        let end = AgentClock.monotonic + patience
        var pause: UInt32 = 1000
        while isLocked(), AgentClock.monotonic < end {
            Leftovers.kill(mark, rounds: 1)
            usleep(pause)
            pause = min(2 * pause, 50000)
        }
        return condition()
    }
}
