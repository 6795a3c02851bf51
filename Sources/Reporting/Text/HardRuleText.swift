public import GroundSegment
public import Planning

extension HardRule {
    /// One line: the rule, its values, and the file that says so.
    ///
    /// - Parameter planningCase: the case that has the rule.
    public func text(in planningCase: PlanningCase) -> String {
        switch self {
        case .capacity(let sdc, let bucket): Self.capacity(sdc, bucket, planningCase)
        case .storage(let sdc): Self.storage(sdc, planningCase)
        case .transfer(let sdc, let direction, let bucket):
            Self.transfer(sdc, direction, bucket, planningCase)
        case .outage(let sdc, let window):
            "H4 \(sdc): full outage \(window.span)\(window.named) (\(sdc).ics)"
        case .pins(let pins): Self.text(pins, planningCase)
        case .prohibitions(let rules): Self.text(rules, planningCase)
        case .frozen(let sdc, let role, let items):
            "H5 \(sdc): \(Self.list(items.map(\.description))) frozen there as \(role.rawValue)"
        }
    }

    private static func capacity(
        _ sdc: ID<SDC>, _ bucket: Int, _ planningCase: PlanningCase
    ) -> String {
        guard let centre = planningCase.sdcs.first(where: { $0.id == sdc }) else { return "H2" }
        let span = planningCase.buckets[bucket]
        let windows = centre.maintenance.filter {
            $0.availability < 1 && $0.window.intersection(span) != nil
        }
        let maintenance = windows.map {
            "; \($0.span)\($0.named) at \(NumberText.short($0.availability))"
        }
        let work = centre.reserved(within: span)
        let reserved =
            work > .zero
            ? "; \(Int(saturating: work.value.rounded())) core-hours reserved for others" : ""
        return "H2 \(sdc) \(planningCase.buckets.name(bucket)): capacity of"
            + " \(Int(saturating: centre.capacity(over: span).value)) core-hours (\(sdc).yaml: cores"
            + " \(NumberText.short(centre.cores))\(maintenance.joined())\(reserved))"
    }

    private static func transfer(
        _ sdc: ID<SDC>, _ direction: TransferDirection, _ bucket: Int, _ planningCase: PlanningCase
    ) -> String {
        let span = planningCase.buckets[bucket]
        guard let centre = planningCase.sdcs.first(where: { $0.id == sdc }),
            let limit = centre.transferLimit(direction, over: span)
        else { return "H6" }
        let rate = (direction == .inward ? centre.ingress : centre.egress) ?? 0
        let field = direction == .inward ? "ingress" : "egress"
        let windows = centre.maintenance.filter {
            $0.availability < 1 && $0.window.intersection(span) != nil
        }
        let maintenance = windows.map {
            "; \($0.span)\($0.named) at \(NumberText.short($0.availability))"
        }
        let most =
            limit > .zero
            ? "at most \(NumberText.grouped(limit.value, 1)) TB \(direction.rawValue)"
            : "nothing can \(direction == .inward ? "come in" : "go out")"
        return "H6 \(sdc) \(planningCase.buckets.name(bucket)): \(most)"
            + " (\(sdc).yaml: \(field) \(NumberText.short(rate)) Gbit/s\(maintenance.joined()))"
    }

    private static func storage(_ sdc: ID<SDC>, _ planningCase: PlanningCase) -> String {
        guard let centre = planningCase.sdcs.first(where: { $0.id == sdc }) else { return "H3" }
        return
            "H3 \(sdc): \(NumberText.short(centre.storage.value - centre.occupied.value)) TB free"
            + " (\(sdc).yaml: storage \(NumberText.short(centre.storage.value)), used"
            + " \(NumberText.short(centre.used.value))\(reserved(centre)))"
    }

    /// TB that are reserved for other surveys, where any are.
    private static func reserved(_ centre: SDC) -> String {
        let volume = centre.occupied - centre.used
        return volume > .zero ? ", reserved for others \(NumberText.short(volume.value))" : ""
    }

    private static func text(_ pins: [Pin], _ planningCase: PlanningCase) -> String {
        let places = pins.prefix(3).compactMap { pin in
            planningCase.rules.pins.firstIndex(of: pin).map { "pins[\($0)]" }
        }
        return "H5 \(list(pins.map(\.item.description))) pinned to \(pins[0].sdc) as"
            + " \(pins[0].role.rawValue)\(reason(pins.map(\.reason)))"
            + written(places, count: pins.count)
    }

    private static func text(_ rules: [Prohibition], _ planningCase: PlanningCase) -> String {
        let places = rules.prefix(3).compactMap { rule in
            planningCase.rules.prohibitions.firstIndex(of: rule).map { "forbid[\($0)]" }
        }
        return "H5 \(list(rules.map(\.subject))) forbidden at \(rules[0].sdc)"
            + reason(rules.map(\.reason)) + written(places, count: rules.count)
    }

    /// Where the first of some rules are written.
    private static func written(_ places: [String], count: Int) -> String {
        let more = count > places.count ? " and \(count - places.count) more" : ""
        return " (plan.yaml: \(places.joined(separator: ", "))\(more))"
    }

    private static func reason(_ reasons: [String]) -> String {
        let known = Set(reasons).sorted().filter { !$0.isEmpty }
        return known.count == 1 ? ", \"\(known[0])\"" : ""
    }

    /// At most three entries, and how many more there are.
    static func list(_ entries: [String]) -> String {
        let more = entries.count > 3 ? " and \(entries.count - 3) more" : ""
        return entries.prefix(3).joined(separator: ", ") + more
    }
}

extension Prohibition {
    /// What is forbidden: `observation 17`, `all CALIBRATION`.
    var subject: String {
        switch scope {
        case .kind(let kind): "all \(kind)"
        case .item(let item): item.description
        }
    }
}

extension MaintenanceWindow {
    /// From when until when.
    var span: String { "\(window.start) to \(window.end)" }
    /// What the announcement says, where it says anything.
    var named: String { summary.isEmpty ? "" : " \"\(summary)\"" }
}
