public import GroundSegment

extension CampaignGraph {
    /// What a campaign looks like as a whole.
    public enum Shape: String, Hashable, Sendable, CaseIterable {
        /// One task after the other.
        case chain
        /// Tasks that have nothing to do with each other.
        case bag
        /// Chains that have nothing to do with each other.
        case chains = "bag of chains"
        /// Anything else without a cycle.
        case graph
    }

    /// The narrowest shape that the graph has; one task is a chain.
    public var shape: Shape {
        let links = tasks.map { (parents(of: $0.id).count, children(of: $0.id).count) }
        guard links.allSatisfy({ $0.0 <= 1 && $0.1 <= 1 }) else { return .graph }
        let chains = links.filter { $0.0 == 0 }.count
        if chains == 1 { return .chain }
        return chains == tasks.count ? .bag : .chains
    }

    /// The tasks that come before a task, directly or through others, in the graph's order.
    public func ancestors(of task: ID<CampaignTask>) -> [ID<CampaignTask>] {
        reached(from: task, along: parents)
    }

    /// The tasks that come after a task, directly or through others, in the graph's order.
    public func descendants(of task: ID<CampaignTask>) -> [ID<CampaignTask>] {
        reached(from: task, along: children)
    }

    private func reached(
        from task: ID<CampaignTask>, along next: (ID<CampaignTask>) -> [ID<CampaignTask>]
    ) -> [ID<CampaignTask>] {
        var seen: Set<ID<CampaignTask>> = []
        var open = next(task)
        while let one = open.popLast() {
            if seen.insert(one).inserted { open += next(one) }
        }
        return order.filter(seen.contains)
    }
}
