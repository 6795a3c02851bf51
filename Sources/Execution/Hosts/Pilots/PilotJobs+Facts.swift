import BatchSystems
public import GroundSegment

extension PilotJobs {
    /// The pilots, first those of the last submission.
    var facts: [PilotFacts] {
        arrays.reversed().flatMap(\.shown)
    }
}

extension PilotArray {
    fileprivate var shown: [PilotFacts] {
        pilots.indices.map { place in
            let (life, facts) = (pilots[place], facts[place])
            return PilotFacts(
                pilot: pilot(place), kind: kind, state: life.state.rawValue,
                native: life.status?.native ?? "",
                reason: life.state.isFinal ? life.reason : life.status?.reason ?? "",
                id: id(place)?.description ?? "", host: facts.host ?? life.status?.host ?? "",
                since: facts.since, end: facts.end, cores: total.cores, coresUsed: 0,
                memory: total.memory, memoryUsed: 0, running: 0, payloads: life.payloads,
                isConnected: false, isDraining: facts.isToEnd && !life.state.isFinal)
        }
    }
}

extension PilotFacts {
    /// With what its connection and its runner know now.
    func current(_ link: PilotLinks.Link?, _ demand: HostDemand) -> PilotFacts {
        guard let link else { return self }
        var facts = self
        facts.isConnected = link.isConnected
        facts.isDraining = link.isDraining || link.isToEnd
        facts.payloads = max(payloads, link.payloads)
        facts.host = link.host ?? host
        facts.end = link.end ?? end
        if link.isConnected { facts.state = PilotLife.State.running.rawValue }
        if let use = demand.hosts[HostID(pilot)] {
            (facts.cores, facts.memory) = (use.total.cores, use.total.memory)
            facts.coresUsed = max(0, use.total.cores - use.free.cores)
            facts.memoryUsed = max(0, use.total.memory - use.free.memory)
            facts.running = use.count
        }
        return facts
    }

    /// The pilots that the last runner of an SDC has noted, first those of its last submission.
    ///
    /// - Parameters:
    ///   - state: folder of the runners' state.
    ///   - fault: is told of each entry that cannot be read, which is left out.
    public static func noted(
        state: String, sdc: ID<SDC>, fault: (_ name: String, any Error) -> Void
    ) -> [PilotFacts] {
        let home = RunnerConfiguration.pilotHome(state: state, sdc: sdc)
        return PilotLedger(home: home).arrays(fileDelay: .zero, fault: fault).reversed()
            .flatMap(\.shown)
    }
}
