import GroundSegment
import Planning

/// Names the cells that an explanation is about, and the rules that forbid a pair.
struct StandingNames {
    private let planningCase: PlanningCase

    init(_ planningCase: PlanningCase) {
        self.planningCase = planningCase
    }

    /// Sorted.
    func of(_ standings: Set<CellStanding>) -> [String] {
        standings.map { standing in
            let bucket = standing.bucket.map { " " + planningCase.buckets.name($0) } ?? ""
            return "\(standing.rule.rawValue) \(standing.sdc)\(bucket): \(standing.rule.meaning)"
        }.sorted()
    }

    /// What forbids a pair, the rules on the item first.
    func obstacles(_ option: ItemExplanation.Option) -> [String] {
        option.forbidding.map { $0.text(in: planningCase) } + of(option.breaches)
    }
}

extension CellStanding.Rule {
    fileprivate var meaning: String {
        switch self {
        case .capacity: "work over capacity"
        case .storageFull: "storage full"
        case .inward: "more than can come in"
        case .outward: "more than can go out"
        case .work: "work outside its tolerance"
        case .observations: "observations outside their tolerance"
        case .storage: "new bytes outside their tolerance"
        case .gap: "a wait too long"
        }
    }
}
