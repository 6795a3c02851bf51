public import GroundSegment

/// Why an order is where it is, and what it waits for.
public struct OrderReason: Hashable, Sendable {
    /// What it waits for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It has ended.
        case ended
        case executing
        /// Its runner was asked to stop it.
        case stopping
        /// Its time of release.
        case release
        /// Products that it needs.
        case input
        /// A runner of its SDC.
        case runner
        /// The end of an outage that would begin before it ended.
        case outage
        /// Room at its runner.
        case room
    }

    public let kind: Kind
    /// One line.
    public let text: String

    /// - `runners`: of the order's SDC and of those of its inputs.
    /// - `clock`: what is released later waits for that.
    public init(_ order: OrderDetails, runners: [RegisteredRunner], clock: MJD) {
        let entry = order.entry
        let known = Dictionary(runners.map { ($0.sdc, $0) }) { first, _ in first }
        switch entry.state {
        case .executing: self = Self.executing(order, known[entry.sdc])
        case .allocated: self = Self.allocated(order, known, clock)
        case .completed, .error, .aborted, .withdrawn:
            kind = .ended
            text = Self.ended(order)
        }
    }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    private static func ended(_ order: OrderDetails) -> String {
        let entry = order.entry
        let last = order.reports.last.map { " at \($0.window.end)" } ?? ""
        let message = entry.message.isEmpty ? "" : ": \(entry.message)"
        switch entry.state {
        case .error: return "failed\(last)\(message); sgs orders retry lets it run again"
        case .aborted: return "was stopped\(last)\(message); sgs orders retry lets it run again"
        case .withdrawn:
            guard let event = order.events.last(where: { $0.kind == .withdraw }) else {
                return "was withdrawn: a plan replaced or dropped it"
            }
            return "was withdrawn at \(event.instant) by \(event.who)"
        default: return "completed\(last)"
        }
    }

    private static func executing(
        _ order: OrderDetails, _ runner: RegisteredRunner?
    ) -> OrderReason {
        let entry = order.entry
        let taken = entry.takenAt.map { "\($0)" } ?? "some time"
        let absence = absence(of: runner, at: entry.sdc)
        if let event = order.cancellation {
            return OrderReason(
                .stopping,
                "is to be stopped since \(event.instant) by \(event.who); "
                    + (absence ?? "the runner of \(entry.sdc) ends it"))
        }
        if let absence { return OrderReason(.runner, "was taken at \(taken), but \(absence)") }
        return OrderReason(.executing, "runs at \(entry.sdc) since \(taken)")
    }

    private static func allocated(
        _ order: OrderDetails, _ runners: [ID<SDC>: RegisteredRunner], _ clock: MJD
    ) -> OrderReason {
        let entry = order.entry
        if entry.isLost {
            return OrderReason(
                .input, "is not taken: the data never came; sgs arrivals list says who said so")
        }
        if entry.release > clock {
            return OrderReason(.release, "waits for its release at \(entry.release)")
        }
        if let text = need(order.inputs, runners, clock) { return OrderReason(.input, text) }
        if let absence = absence(of: runners[entry.sdc], at: entry.sdc) {
            return OrderReason(.runner, "may run, but \(absence)")
        }
        if let reason = runners[entry.sdc]?.holds[entry.pipeline] {
            return OrderReason(.outage, "is not started at \(entry.sdc): \(reason)")
        }
        return OrderReason(
            .room, "may run: the runner of \(entry.sdc) takes it as soon as it has room")
    }

    /// What of an order's inputs is not there yet: `needs observation 32 of SDC-DE, which runs,
    /// and 2 more`; `nil` where all of them are.
    static func need(
        _ inputs: [InputOrder], _ runners: [ID<SDC>: RegisteredRunner], _ clock: MJD
    ) -> String? {
        let missing = inputs.filter { $0.producer?.state != .completed }
        // What somebody has to do something about is told before what goes on by itself.
        guard let worst = missing.min(by: { rank($0, clock) < rank($1, clock) }) else {
            return nil
        }
        let others = missing.count > 1 ? ", and \(missing.count - 1) more" : ""
        return "needs \(what(worst, runners, clock))\(others)"
    }

    private static func rank(_ input: InputOrder, _ clock: MJD) -> Int {
        switch input.producer?.state {
        case .error: 0
        case .aborted: 1
        case nil, .withdrawn: 2
        case .allocated where input.producer?.isLost == true: 2
        case .allocated: (input.producer?.release ?? clock) > clock ? 3 : 4
        case .executing: 5
        case .completed: 6
        }
    }

    /// `observation 32 of SDC-DE, which runs`.
    private static func what(
        _ input: InputOrder, _ runners: [ID<SDC>: RegisteredRunner], _ clock: MJD
    ) -> String {
        guard let producer = input.producer, producer.state != .withdrawn else {
            return "\(input.item), which no order makes"
        }
        let message = producer.message.isEmpty ? "" : ": \(producer.message)"
        let absence = absence(of: runners[producer.sdc], at: producer.sdc).map { ": \($0)" } ?? ""
        let how =
            switch producer.state {
            case .error: "failed\(message)"
            case .aborted: "was stopped\(message)"
            case .allocated where producer.isLost:
                "never came; a plan with --base published leaves it out"
            case .allocated where producer.release > clock:
                "waits for its release at \(producer.release)"
            case .allocated: "is not taken\(absence)"
            default: "runs\(absence)"
            }
        return "\(input.item) of \(producer.sdc), which \(how)"
    }

    /// `the runner of SDC-DE gave no sign since 12 min, the last at 2027-01-07T00:00:00Z`; `nil`
    /// where it is there.
    static func absence(of runner: RegisteredRunner?, at sdc: ID<SDC>) -> String? {
        guard let runner else { return "no runner has served \(sdc)" }
        switch runner.presence {
        case .present: return nil
        case .gone:
            return "the runner of \(sdc) gave \(runner.text), the last at \(runner.lastSign)"
        case .ended(let instant): return "the runner of \(sdc) ended at \(instant)"
        }
    }
}

extension OrderEvent {
    /// Who did it and, where that was told, why.
    var who: String { comment.isEmpty ? actor : "\(actor): \(comment)" }
}
