import GroundSegment
import Workflows

/// Short payloads that are handed to the host together.
extension RunnerState {
    /// What the node says of clusters, else the submission, else the task of the order's campaign,
    /// else the runner.
    func clusterTerms(of node: Node, in run: Run) -> ClusterTerms {
        node.policy.cluster ?? run.origin.cluster ?? jobTerms(of: run) ?? configuration.cluster
    }

    /// How payloads of several orders of a campaign's task are put together into jobs of the batch
    /// system; `nil` where they are not, as where no job is made for them.
    func jobTerms(of run: Run) -> ClusterTerms? {
        guard configuration.batch != nil, !configuration.hasManyHosts else { return nil }
        return run.order?.task?.jobWalltime.map { ClusterTerms(walltime: $0) }
    }

    /// The part of a job that a run's payloads make, by which orders are taken ahead.
    func jobPart(of run: Run) -> Double {
        guard let terms = jobTerms(of: run), let request = run.order?.task?.request
        else { return 1 }
        return 1 / Double(min(terms.count(ofWalltime: request.walltime), Self.mostOrdersOfJob))
    }

    /// As many orders are held ready for a job at most.
    private static let mostOrdersOfJob = 100

    /// What payloads have in common that may be handed over together: their run, or the task of
    /// their orders, their node and, where the node says so, the element of a list that they are
    /// for.
    func clusterGroup(of payload: Int, in run: Run) -> String {
        let node = run.life.node(payload)
        if node.policy.cluster == nil, jobTerms(of: run) != nil,
            let order = run.order, let task = order.task
        {
            return [
                order.survey.text, task.campaign, task.name, order.pipeline, order.softwareRelease,
                run.life.label(payload),
            ].joined(separator: "/")
        }
        let by = clusterTerms(of: node, in: run).by
        var group = "\(run.number)/\(run.life.label(payload))"
        if !by.isEmpty, let element = run.life.element(around: payload, of: by) {
            group += "/\(element)"
        }
        return group
    }

    /// The most payloads that are handed over together with one of these.
    func clusterSize(of entry: ReadyQueue<Int64>.Entry) -> Int {
        guard !entry.group.isEmpty, let run = runs[entry.key.run] else { return 1 }
        let terms = clusterTerms(of: run.life.node(entry.key.number), in: run)
        guard terms.clusters != nil else { return terms.count(ofWalltime: entry.need.walltime) }
        let extent = run.life.extent(around: entry.key.number, of: terms.by)
        return terms.count(
            ofWalltime: entry.need.walltime, among: extent.payloads, groups: extent.elements)
    }

    /// Notes at payloads with whom they were handed over.
    mutating func tag(
        _ planned: [(key: AttemptKey, plan: AttemptPlan)], cluster: String
    ) {
        for (place, attempt) in planned.enumerated() {
            changes.tags.append(
                .init(
                    run: attempt.key.run, payload: attempt.key.payload, name: "cluster",
                    value: "\(cluster) \(place + 1)/\(planned.count)"))
        }
    }

    /// An attempt is over, or not with the host: its cluster's room is free after the last one.
    mutating func leaveCluster(_ id: String, at now: MJD) {
        guard let attempt = underWay[id],
            clusters[attempt.cluster]?.remove(id) != nil
        else { return }
        guard clusters[attempt.cluster]?.isEmpty == true else { return }
        clusters[attempt.cluster] = nil
        hosts[attempt.host]?.release(attempt.cluster, at: now)
    }

    /// Attempts that a host has had since before this runner are in these clusters.
    mutating func rejoin(_ has: [String: String?], on host: HostID, at now: MJD) {
        let together = Dictionary(
            grouping: has.filter { underWay[$0.key]?.host == host }
        ) { $0.value }
        for (name, attempts) in together {
            guard let cluster = name, let first = attempts.first.flatMap({ underWay[$0.key] })
            else { continue }
            for id in attempts.map(\.key) where underWay[id]?.cluster != cluster {
                leaveCluster(id, at: now)
                underWay[id]?.cluster = cluster
                if clusters[cluster] == nil {
                    hosts[host]?.occupy(
                        first.plan.resources, count: attempts.count, by: cluster, at: now,
                        isAhead: false)
                }
                clusters[cluster, default: []].insert(id)
            }
            join(attempts.compactMap { underWay[$0.key]?.key })
        }
    }

    /// Payloads that run one after the other are one in their category.
    private mutating func join(_ keys: [AttemptKey]) {
        let places = keys.map { ReadyQueue<Int64>.Key(run: $0.run, number: $0.payload) }
        guard let first = places.first else { return }
        for place in places.dropFirst() { queue.join(place, to: first) }
    }
}

extension RunLife {
    /// The place, in the list of the parallel node of this name, of the element that a payload is
    /// for; `nil` where no such node is around it.
    func element(around payload: Int, of name: String) -> Int? {
        var next = payload
        while let holder = container(of: next) {
            if node(holder).id == name, isParallel(holder) { return siblings(of: next)?.iteration }
            next = holder
        }
        return nil
    }

    /// How many elements the list of the parallel node of this name around a payload has, 1 where
    /// there is none, and how many payloads of its node there are for each: reckoned from the lists
    /// that the payload is in, as though all others were as long.
    func extent(around payload: Int, of name: String) -> (elements: Int, payloads: Int) {
        var (elements, payloads): (Int?, Int) = (nil, 1)
        var next = payload
        while let holder = container(of: next) {
            if isParallel(holder), let index = containerIndex(of: holder) {
                let length = max(1, containers[index].iterations)
                if elements == nil, node(holder).id == name {
                    elements = length
                } else {
                    payloads = min(Self.maximumCount, payloads * length)
                }
            }
            next = holder
        }
        return (elements ?? 1, payloads)
    }
}
