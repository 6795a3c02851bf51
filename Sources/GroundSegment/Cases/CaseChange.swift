/// One change to a planning case, as a scenario tries it or a relaxation proposes it.
public enum CaseChange: Hashable, Sendable {
    /// Cores pledged, the new number.
    case cores(ID<SDC>, Double)
    /// The usable part of the core time, above 0 to 1.
    case efficiency(ID<SDC>, Double)
    /// Storage pledged, the new volume.
    case storage(ID<SDC>, Terabytes)
    /// Storage occupied at the start, the new volume.
    case used(ID<SDC>, Terabytes)
    /// The rate at which others' data may come in or go out, Gbit/s, the new number.
    case rate(ID<SDC>, TransferDirection, Double)
    /// What items take, the new value in the unit of its field.
    case processing(ProcessingField, Double)
    /// A window takes the place of another; without `from` it is new, without `to` it is dropped.
    case window(ID<SDC>, from: MaintenanceWindow?, to: MaintenanceWindow?)
    case pin(Pin)
    case unpin(Pin)
    case forbid(Prohibition)
    case permit(Prohibition)
    /// Observations are made so many whole days later.
    case postpone([ID<Observation>], days: Int)

    /// The SDC that the change is about; `nil` where it is about none.
    public var sdc: ID<SDC>? {
        switch self {
        case .cores(let sdc, _), .efficiency(let sdc, _), .storage(let sdc, _), .used(let sdc, _),
            .rate(let sdc, _, _), .window(let sdc, _, _):
            sdc
        case .pin(let pin), .unpin(let pin): pin.sdc
        case .forbid(let rule), .permit(let rule): rule.sdc
        case .processing, .postpone: nil
        }
    }

    /// By how many days changes postpone observations, all together.
    public static func postponed(by changes: [CaseChange]) -> [ID<Observation>: Int] {
        var days: [ID<Observation>: Int] = [:]
        for case .postpone(let observations, let more) in changes {
            for observation in observations { days[observation, default: 0] += more }
        }
        return days
    }
}

extension PlanningCase {
    /// The same case with `changes`, one after the other; of two that set one value the later
    /// one counts.
    ///
    /// - Precondition: they name SDCs of the case.
    public func applying(_ changes: [CaseChange]) -> PlanningCase {
        var centres = sdcs
        var pins = rules.pins
        var prohibitions = rules.prohibitions
        var processing = processing
        for change in changes {
            switch change {
            case .pin(let pin): pins.append(pin)
            case .unpin(let pin): pins.removeAll { $0 == pin }
            case .forbid(let rule): prohibitions.append(rule)
            case .permit(let rule): prohibitions.removeAll { $0 == rule }
            case .processing(let field, let value): processing = processing.with(field, value)
            case .cores, .efficiency, .storage, .used, .rate, .window:
                centres = centres.map { $0.id == change.sdc ? $0.applying(change) : $0 }
            case .postpone: break
            }
        }
        return postponing(CaseChange.postponed(by: changes)).with(
            sdcs: centres,
            rules: ItemRules(
                pins: pins, prohibitions: prohibitions, freezeBefore: rules.freezeBefore,
                base: rules.base, history: rules.history)
        ).with(processing: processing)
    }

    private func postponing(_ days: [ID<Observation>: Int]) -> PlanningCase {
        guard !days.isEmpty else { return self }
        return with(
            survey: SurveyPlan(
                id: survey.id,
                observations: survey.observations.map { $0.postponed(by: days[$0.id] ?? 0) },
                scales: survey.scales, remarks: survey.remarks))
    }
}

extension Observation {
    /// The observation so many days later.
    public func postponed(by days: Int) -> Observation {
        days == 0
            ? self
            : Observation(
                id: id, kind: kind,
                window: TimeWindow(
                    start: window.start + Double(days), end: window.end + Double(days)),
                centre: centre, footprint: footprint)
    }
}

extension SDC {
    /// The centre with another value; what concerns no centre changes nothing.
    fileprivate func applying(_ change: CaseChange) -> SDC {
        switch change {
        case .cores(_, let value): with(cores: value)
        case .efficiency(_, let value): with(efficiency: value)
        case .storage(_, let value): with(storage: value)
        case .used(_, let value): with(used: value)
        case .rate(_, .inward, let value): with(ingress: value)
        case .rate(_, .outward, let value): with(egress: value)
        case .window(_, let from, let to):
            with(maintenance: maintenance.filter { $0 != from } + (to.map { [$0] } ?? []))
        case .pin, .unpin, .forbid, .permit, .processing, .postpone: self
        }
    }
}
