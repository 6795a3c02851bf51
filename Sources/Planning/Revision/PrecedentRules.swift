public import GroundSegment

/// Which earlier plans bind a case, and what there is to know about them (DISTRIBUTION section 5).
public struct PrecedentRules: Sendable {
    private let planningCase: PlanningCase

    public init(_ planningCase: PlanningCase) {
        self.planningCase = planningCase
    }

    /// Whether a published plan of a period can be revised: it shares time with the case's.  Of
    /// several the newest is.
    public func isBase(_ period: TimeWindow) -> Bool {
        period.intersection(planningCase.period) != nil
    }

    /// Whether a published plan of a period counts as an earlier one.
    public func isEarlier(_ period: TimeWindow, isSuperseded: Bool) -> Bool {
        !isSuperseded && period.start < planningCase.period.start
    }

    /// What plans leave to the case's period, newest first.
    public func history(_ plans: [Plan]) -> History {
        History(plans, before: planningCase.period.start)
    }

    /// - Throws: `PrecedentError` where a plan is of another survey.
    public func check(_ plan: Plan) throws(PrecedentError) {
        let survey = planningCase.survey.id
        guard plan.distribution.survey == survey else {
            throw .otherSurvey(found: plan.distribution.survey, expected: survey)
        }
    }

    /// - Throws: `PrecedentError` where a plan shares no time with the case's period.
    public func checkBase(_ plan: Plan) throws(PrecedentError) {
        let period = plan.distribution.buckets.period
        guard isBase(period) else {
            throw .otherPeriod(found: period, expected: planningCase.period)
        }
    }

    /// What a planner should know of a precedent that is no fault.
    public func remarks(_ precedent: Precedent) -> [PrecedentRemark] {
        var remarks: [PrecedentRemark] = []
        if let freeze = planningCase.rules.freezeBefore {
            let period = planningCase.period
            if precedent.base == nil {
                remarks.append(.freezeWithoutBase)
            } else if freeze <= period.start {
                remarks.append(.freezesNothing(freeze, start: period.start))
            } else if freeze >= period.end {
                remarks.append(.freezesAll(freeze, end: period.end))
            }
        }
        if case .plan(let base) = precedent.base, planningCase.reserved == .published {
            let now = Dictionary(
                uniqueKeysWithValues: planningCase.sdcs.map { ($0.id, $0.reservations) })
            remarks += ReservationShift.all(from: base.distribution, to: now).map {
                .reservedOtherwise($0)
            }
        }
        let missing = precedent.missingSDCs(planningCase.sdcs)
        if !missing.isEmpty { remarks.append(.missingSDCs(missing)) }
        return remarks
    }
}

/// Why a plan cannot precede a case.
public enum PrecedentError: Error, Hashable, Sendable, CustomStringConvertible {
    case otherSurvey(found: ID<SurveyPlan>, expected: ID<SurveyPlan>)
    case otherPeriod(found: TimeWindow, expected: TimeWindow)

    /// The field, what was found and what was expected.
    public var description: String {
        switch self {
        case .otherSurvey(let found, let expected):
            "survey: found \(found), expected \(expected), the survey of the case"
        case .otherPeriod(let found, let expected):
            "base: found the period \(found.start) to \(found.end), expected one that meets"
                + " \(expected.start) to \(expected.end)"
        }
    }
}

/// What a planner should know of the base or the earlier periods that is no fault.
public enum PrecedentRemark: Hashable, Sendable, CustomStringConvertible {
    /// The base should be what is published, and nothing of the survey is for this period.
    case nothingPublished(ID<SurveyPlan>)
    /// A freeze is asked for, and there is no base.
    case freezeWithoutBase
    /// The freeze is not after the period's start.
    case freezesNothing(MJD, start: MJD)
    /// The freeze is not before the period's end.
    case freezesAll(MJD, end: MJD)
    /// SDCs of the base that are no longer there.
    case missingSDCs([ID<SDC>])
    /// Other surveys use another part of an SDC than the base was made with.
    case reservedOtherwise(ReservationShift)

    /// One line.
    public var description: String {
        switch self {
        case .nothingPublished(let survey):
            "base: nothing of survey \(survey) is published for this period; planned without a base"
        case .freezeWithoutBase: "freeze: there is no base, so nothing is frozen"
        case .freezesNothing(let freeze, let start):
            "freeze: \(freeze) is not after the period's start, \(start), so nothing is frozen"
        case .freezesAll(let freeze, let end):
            "freeze: \(freeze) is not before the period's end, \(end), so all observations that"
                + " arrive within it are frozen"
        case .reservedOtherwise(let shift):
            "base: stale, as other surveys have published since (cause: capacity): \(shift)"
        case .missingSDCs(let sdcs):
            "base: \(sdcs.map(\.text).joined(separator: ", "))"
                + " \(sdcs.count == 1 ? "is" : "are") no longer among the SDCs; what was there moves"
        }
    }
}
