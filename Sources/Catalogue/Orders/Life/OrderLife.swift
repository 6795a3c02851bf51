public import GroundSegment

/// All that happened to an order: who did it, when, and why.
public struct OrderLife: Hashable, Sendable {
    /// One thing that happened.
    public struct Step: Hashable, Sendable {
        public let instant: MJD
        /// A few words: `taken at SDC-FR`.
        public let what: String
        public let who: String
        /// May be empty.
        public let why: String
    }

    /// By time.
    public let steps: [Step]

    public init(_ order: OrderDetails) {
        var all: [Step] = order.publications.map { Self.step($0) }
        all += order.takings.map { Self.step($0) }
        all += order.reports.map { Self.step($0, of: order) }
        all += order.events.map { Self.step($0) }
        // Of what happened at the same instant the plan comes first and the report last.
        steps = all.enumerated().sorted {
            ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset)
        }.map(\.element)
    }

    private static func step(_ publication: OrderPublication) -> Step {
        let plan = publication.revision.map { "revision \($0)" }
        let what =
            switch publication.effect {
            case .issue: "issued with \(plan ?? "a plan")"
            case .overtake: "its item moved with \(plan ?? "a plan")"
            case .withdraw: plan.map { "withdrawn by \($0)" } ?? "withdrawn with its plan"
            }
        return Step(
            instant: publication.instant, what: what, who: publication.actor,
            why: publication.comment)
    }

    private static func step(_ taking: OrderTaking) -> Step {
        Step(
            instant: taking.instant, what: "taken at \(taking.sdc), time \(taking.taken)",
            who: taking.runner, why: "")
    }

    private static func step(_ report: RecordedReport, of order: OrderDetails) -> Step {
        let what =
            switch report.event {
            case "complete": "completed"
            case "fail": "failed"
            case "abort": "stopped"
            default: report.event
            }
        let runner = order.takings.first { $0.taken == report.taken }?.runner ?? "its runner"
        return Step(
            instant: report.reportedAt, what: what, who: runner, why: report.message)
    }

    private static func step(_ event: OrderEvent) -> Step {
        let what =
            switch event.kind {
            case .retry: "allocated again"
            case .withdraw: "withdrawn"
            case .cancel: "its runner asked to stop it"
            case .priority: "priority \(event.priority.map(String.init) ?? "changed")"
            case .reassign: "moved to \(event.destination?.text ?? "its other SDC")"
            }
        return Step(instant: event.instant, what: what, who: event.actor, why: event.comment)
    }
}
