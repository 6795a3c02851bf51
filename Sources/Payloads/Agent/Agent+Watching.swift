import Glibc

/// What attempts use, and what becomes of those that use too much.
extension Agent {
    /// The most entries of a temporary folder that are counted at one look.
    private static let mostEntries = 20_000

    /// Looks at all that is limited, takes samples, and kills orphans that are nobody's any more.
    mutating func watch(_ now: Double) {
        nextWatch = nil
        updateOrphans()
        for process in orphans.abandoned(alive: Set(active.keys)) { kill(process, SIGKILL) }
        let isSampling = now >= nextSample
        if isSampling { nextSample = now + configuration.sample }
        for attempt in active.values where attempt.exit == nil && attempt.process > 0 {
            for log in attempt.logs { log.trim() }
            if isJob, isSampling, attempt.folder.isRevoked {
                act(attempt.life.apply(.end(.cancelled, grace: nil), at: now), on: attempt)
            }
            look(at: attempt, isSampling: isSampling, now)
        }
    }

    private mutating func look(at attempt: ActiveAttempt, isSampling: Bool, _ now: Double) {
        let limits = attempt.order.limits
        let isMemoryWatched = limits.memory != nil && attempt.group == nil
        if isSampling || isMemoryWatched || limits.processes != nil {
            let tree = ProcessTree.withDescendants(
                [attempt.process] + orphans.surely(of: attempt.order.id)
                    + (attempt.group?.processes() ?? []))
            let sample = Sample(of: tree, id: attempt.order.id, withTransfers: isSampling)
            attempt.note(sample)
            if isSampling { tell(.sample(sample)) }
            if isSampling, isJob { attempt.folder.append(sample) }
            if isMemoryWatched, let most = limits.memory,
                isOver(most << 10, sample.residentKiB, tree)
            {
                attempt.evidence = .sampled
                act(attempt.life.apply(.kill(.memory), at: now), on: attempt)
            } else if let most = limits.processes, sample.processes > most {
                act(attempt.life.apply(.kill(.processes), at: now), on: attempt)
            }
        }
        if let most = limits.temporary, let folder = attempt.order.temporaryFolder,
            now >= attempt.nextLook
        {
            let size = FolderTree.size(folder, budget: Self.mostEntries)
            // A folder of many files is looked at less often.
            let end = AgentClock.monotonic
            attempt.nextLook = end + 20 * (end - now)
            guard size > most << 20 else { return }
            act(attempt.life.apply(.kill(.temporary), at: end), on: attempt)
        }
    }

    /// Whether more is resident than the limit, KiB, also when what is shared counts once.
    private func isOver(_ limit: Int, _ resident: Int, _ tree: [pid_t]) -> Bool {
        guard resident > limit else { return false }
        let shares = tree.compactMap(ProcessFacts.proportionalKiB)
        return shares.isEmpty || shares.reduce(0, +) > limit
    }
}

extension Sample {
    private static let pageKiB = max(1, Int(sysconf(Int32(_SC_PAGESIZE))) / 1024)
    private static let ticks = max(1, Double(sysconf(Int32(_SC_CLK_TCK))))

    /// The sums over processes now.
    ///
    /// - Parameter withTransfers: whether bytes read and written are looked at.
    init(of tree: [pid_t], id: String, withTransfers: Bool) {
        self.init(id: id, time: AgentClock.time)
        for process in tree {
            guard let facts = ProcessFacts(process) else { continue }
            processes += facts.isZombie ? 0 : 1
            cpuSeconds += Double(facts.ticks) / Self.ticks
            residentKiB += Int(clamping: facts.residentPages) * Self.pageKiB
            virtualKiB += Int(clamping: facts.virtualBytes / 1024)
            guard withTransfers else { continue }
            let bytes = ProcessFacts.transferred(by: process)
            readBytes += bytes.read
            writtenBytes += bytes.written
        }
    }
}

extension ActiveAttempt {
    fileprivate func note(_ sample: Sample) {
        usage.peakTree = max(usage.peakTree, sample.residentKiB)
        usage.peakVirtual = max(usage.peakVirtual, sample.virtualKiB)
        usage.readBytes = max(usage.readBytes, sample.readBytes)
        usage.writtenBytes = max(usage.writtenBytes, sample.writtenBytes)
    }
}
