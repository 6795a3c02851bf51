public import GroundSegment

/// Who owns an observation or tile, by which published plan.
public struct Ownership: Hashable, Sendable {
    public let survey: ID<SurveyPlan>
    public let item: ItemID
    public let assignment: Assignment
    /// The plan that assigns it.
    public let plan: PublishedPlan
    /// From when on the assignment holds.
    public let validFrom: MJD
    /// Until when, exclusive; `nil` where no later plan ends it.
    public let validUntil: MJD?
    /// How well the answer fits the question.
    public let coverage: Coverage

    public enum Coverage: Hashable, Sendable {
        /// The assignment holds at the asked time.
        case covered
        /// No plan covers the asked time; this is the newest published one that has the item.
        case newestPlan
        /// The newest plan that covers the asked time no longer has the item; this is the last
        /// one that had it.
        case dropped
    }

    /// That the plan was taken back: when, by whom and why.
    private var withdrawn: String? {
        plan.withdrawal.map { withdrawal in
            "no plan in force has \(item): revision \(plan.revision), \(plan.name), the last one"
                + " that had it, was withdrawn at \(withdrawal.instant) by \(withdrawal.actor)"
                + (withdrawal.comment.isEmpty ? "" : ": \(withdrawal.comment)")
        }
    }

    /// What a reader has to know beside the answer; `nil` where it covers the asked time.
    public func remark(at instant: MJD) -> String? {
        switch coverage {
        case .covered: nil
        case .newestPlan:
            "no published plan covers \(item) at \(instant); this is the newest published one, "
                + "\(plan.name), which begins at \(plan.period.start)"
        case .dropped where plan.withdrawal != nil: withdrawn
        case .dropped:
            "the plans in force no longer have \(item); this is the last one that had it, \(plan.name)"
        }
    }
}
