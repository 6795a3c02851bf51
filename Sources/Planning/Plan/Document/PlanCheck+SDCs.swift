import GroundSegment

extension PlanCheck {
    mutating func checkSDCs() {
        check(content.sdcs.count, 2...PlanningCase.mostSDCs, .plan, "sdcs: how many")
        var last: ID<SDC>?
        for sdc in content.sdcs {
            let record = Record.sdc(sdc.id)
            let id = ID<SDC>(sdc.id)
            check(id: sdc.id, record, "id")
            if let last, last == id {
                add(record, "id", "a second time", "each SDC once")
            } else if let last, id < last {
                add(record, "id", "after \(last)", "SDCs by their ids, each once")
            }
            last = id
            for (text, field) in [
                (sdc.name, "name"), (sdc.country, "country"), (sdc.batch, "batch"),
            ] {
                check(text: text, record, field)
            }
            check(sdc.cores, PlanningLimits.positive, record, "cores")
            check(sdc.efficiency, PlanningLimits.positive, record, "efficiency")
            check(sdc.efficiency, PlanningLimits.part, record, "efficiency")
            check(sdc.storage, PlanningLimits.positive, record, "storage")
            check(sdc.used, PlanningLimits.amount, record, "used")
            for (rate, field) in [(sdc.ingress, "ingress"), (sdc.egress, "egress")] {
                if let rate { check(rate, PlanningLimits.amount, record, field) }
            }
            for entry in sdc.reservations ?? [] { check(entry, record) }
            for entry in sdc.ingests { check(entry, record) }
            for entry in sdc.maintenance {
                check(start: entry.start, end: entry.end, record)
                check(entry.availability, PlanningLimits.part, record, "availability")
                check(text: entry.summary, record, "summary")
                check(text: entry.uid, record, "uid")
            }
        }
    }

    private mutating func check(_ entry: PlanContent.ReservationContent, _ record: Record) {
        check(start: entry.start, end: entry.end, record)
        if entry.start == entry.end {
            add(record, "reservations.end", "\(entry.end)", "an instant after the start")
        }
        check(entry.work, PlanningLimits.amount, record, "reservations.work")
        check(entry.volume, PlanningLimits.amount, record, "reservations.volume")
    }

    private mutating func check(_ entry: PlanContent.IngestContent, _ record: Record) {
        check(id: entry.survey, record, "ingests.survey")
        check(entry.volume, PlanningLimits.amount, record, "ingests.volume")
        if entry.ra.count != 2 || !entry.ra.allSatisfy((0...360).contains) {
            add(record, "ingests.ra", "\(entry.ra.prefix(4))", "two numbers from 0 to 360")
        }
        if entry.dec.count != 2 || !entry.dec.allSatisfy((-90...90).contains)
            || entry.dec[0] >= entry.dec[1]
        {
            add(record, "ingests.dec", "\(entry.dec.prefix(4))", "two numbers from -90 to 90")
        }
    }

    mutating func checkRules() {
        var pinned: [ItemID: [Role: ID<SDC>]] = [:]
        for (index, pin) in (content.pins ?? []).enumerated() {
            let record = Record.entry("pins", index)
            check(sdc: pin.sdc, record, "sdc")
            check(text: pin.reason, record, "reason")
            if let until = pin.until { check(instant: until, record, "until") }
            let item = check(kind: pin.kind, id: pin.id, record)
            guard let role = Role(rawValue: pin.role) else {
                add(record, "role", pin.role.debugDescription, Self.oneOf(Role.allCases))
                continue
            }
            guard let item else { continue }
            if pinned[item]?[role] != nil {
                add(record, "role", "\(item) a second time", "one pin of an item in a role")
            } else if pinned[item]?.values.contains(ID(pin.sdc)) == true {
                add(record, "sdc", "\(pin.sdc) in both roles", "two SDCs")
            }
            pinned[item, default: [:]][role] = ID(pin.sdc)
        }
        for (index, rule) in (content.prohibitions ?? []).enumerated() {
            let record = Record.entry("prohibitions", index)
            check(sdc: rule.sdc, record, "sdc")
            check(text: rule.reason, record, "reason")
            if let kind = rule.observationKind {
                check(text: kind, record, "observationKind")
            } else {
                _ = check(kind: rule.kind ?? "", id: rule.id ?? "", record)
            }
        }
    }

    private mutating func check(kind: String, id: String, _ record: Record) -> ItemID? {
        check(id: id, record, "id")
        switch ItemKind(rawValue: kind) {
        case .observation: return .observation(ID(id))
        case .tile: return .tile(ID(id))
        case .number, .campaign, nil:
            add(record, "kind", kind.debugDescription, Self.oneOf(ItemKind.allCases))
            return nil
        }
    }
}
