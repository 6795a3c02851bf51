import GroundSegment

extension PlanContent.PinContent {
    init(_ pin: Pin) {
        self.init(
            kind: pin.item.kind.rawValue, id: pin.item.text, sdc: pin.sdc.text,
            role: pin.role.rawValue, reason: pin.reason, until: pin.until?.days)
    }

    fileprivate func pin() -> Pin {
        Pin(
            item: PlanContent.item(kind: kind, id: id), sdc: ID(sdc),
            role: CheckedContent.checked(Role(rawValue: role)), reason: reason,
            until: until.map { MJD($0) })
    }
}

extension PlanContent.ProhibitionContent {
    init(_ rule: Prohibition) {
        switch rule.scope {
        case .item(let item):
            self.init(
                sdc: rule.sdc.text, kind: item.kind.rawValue, id: item.text, reason: rule.reason)
        case .kind(let kind):
            self.init(sdc: rule.sdc.text, observationKind: kind, reason: rule.reason)
        }
    }

    fileprivate func prohibition() -> Prohibition {
        let scope: Prohibition.Scope
        if let observationKind {
            scope = .kind(observationKind)
        } else {
            scope = .item(PlanContent.item(kind: kind ?? "", id: id ?? ""))
        }
        return Prohibition(sdc: ID(sdc), scope: scope, reason: reason)
    }
}

extension PlanContent {
    /// The pins and prohibitions of this content.
    func rules() -> PlacementRules {
        PlacementRules(
            pins: (pins ?? []).map { $0.pin() },
            prohibitions: (prohibitions ?? []).map { $0.prohibition() })
    }
}

extension PlanContent {
    /// The item of content that was checked.
    fileprivate static func item(kind: String, id: String) -> ItemID {
        ItemID(kind: CheckedContent.checked(ItemKind(rawValue: kind)), id: id)
    }
}
