import GroundSegment

extension RunnerState {
    /// What payloads are chosen for, by the hosts' names.
    private var scoredRooms: [(name: String, room: HostRoom)] {
        openHosts.compactMap { hosts[$0] }.map { ($0.room.terms.host, $0.room) }
    }

    /// Scores the payloads in line of runs, or some of their payloads, on one host or on all; those
    /// with the largest score first.
    ///
    /// - Parameter names: `RUN` or `RUN/PATH`; all runs where empty.
    mutating func score(
        _ names: [String], on pilot: String?, limit: Int, at now: MJD, _ facts: inout RunnerFacts
    ) {
        var scores: [PayloadScore] = []
        let rooms = scoredRooms.filter { pilot == nil || pilot == $0.name }
        for (number, payload) in inLine(names) {
            guard let run = runs[number] else { continue }
            let key = ReadyQueue<Int64>.Key(run: number, number: payload)
            for (name, room) in rooms {
                guard let fitness = queue.fitness(key, on: room, at: now) else { continue }
                let reason = queue.why(key, on: room, at: now)
                scores.append(
                    PayloadScore(
                        run: run.id.text, payload: run.life.path(payload), pilot: name,
                        reason: reason == .next ? nil : words(reason), fitness))
            }
        }
        // Equal ones stay in the order of their runs.
        let order = scores.indices.sorted {
            scores[$0].total != scores[$1].total ? scores[$0].total > scores[$1].total : $0 < $1
        }
        facts.scores = order.prefix(max(0, limit)).map { scores[$0] }
        facts.more = scores.count - (facts.scores?.count ?? 0)
    }

    /// The payloads in line that are named, each once.
    private func inLine(_ names: [String]) -> [(run: Int64, payload: Int)] {
        var chosen: [Int64: Set<Int>] = [:]
        for name in names {
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            guard let first = parts.first, let number = number(ofRun: first),
                let run = runs[number]
            else { continue }
            if parts.count == 2 {
                guard let payload = try? self.number(ofPayload: parts[1], in: run) else { continue }
                chosen[number, default: []].insert(payload)
            } else {
                chosen[number, default: []].formUnion(0..<run.life.count)
            }
        }
        if names.isEmpty {
            for (number, run) in runs { chosen[number] = Set(0..<run.life.count) }
        }
        return chosen.sorted { $0.key < $1.key }.flatMap { number, payloads in
            payloads.sorted().filter {
                queue.entry(ReadyQueue.Key(run: number, number: $0)) != nil
            }.map { (number, $0) }
        }
    }
}
