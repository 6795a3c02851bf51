import Glibc

/// Processes that an agent which is gone has left running.
public enum Leftovers {
    /// The live processes that have the mark in the environment with which they began, and what
    /// descends from them; the caller and its ancestors are not among them.
    public static func processes(_ mark: AttemptMark) -> [Int] {
        found(mark).map { Int($0) }
    }

    /// Kills them, and what they start meanwhile.
    ///
    /// What is just being started is not found by its mark: see `AttemptFolder.takeOver`.
    ///
    /// - Parameter rounds: how often to look again, a millisecond apart at first, later 50.
    /// - Returns: how many processes were killed, and whether none is left.
    @discardableResult
    public static func kill(_ mark: AttemptMark, rounds: Int = 200) -> (killed: Int, isClean: Bool)
    {
        var killed: Set<pid_t> = []
        for round in 0..<max(1, rounds) {
            let processes = found(mark)
            if processes.isEmpty { return (killed.count, true) }
            for process in processes where Glibc.kill(process, SIGKILL) == 0 {
                killed.insert(process)
            }
            usleep(round < 20 ? 1000 : 50000)
        }
        return (killed.count, found(mark).isEmpty)
    }

    private static func found(_ mark: AttemptMark) -> [pid_t] {
        let entries = mark.entries
        let own = ancestors()
        let marked = ProcessTree.processes().filter {
            !own.contains($0) && ProcessFacts.environment(of: $0, has: entries)
        }
        return ProcessTree.withDescendants(marked).filter { id in
            !own.contains(id) && ProcessFacts(id).map { !$0.isZombie } == true
        }
    }

    /// This process, those from which it descends, and the system's first.
    private static func ancestors() -> Set<pid_t> {
        var ancestors: Set<pid_t> = [1]
        var next = getpid()
        while next > 1, ancestors.insert(next).inserted {
            next = ProcessFacts(next)?.parent ?? 1
        }
        return ancestors
    }
}
