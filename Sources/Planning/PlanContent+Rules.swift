import GroundSegment

extension PlanContent.PinContent {
    init(_ pin: Pin) {
        self.init(
            kind: pin.item.kind.rawValue, id: pin.item.text, sdc: pin.sdc.text,
            role: pin.role.rawValue, reason: pin.reason, until: pin.until?.days)
    }

    func pin() throws(PlanDocumentError) -> Pin {
        guard let role = Role(rawValue: role) else { throw .notAPlan("unknown role \(role)") }
        return Pin(
            item: try PlanContent.item(kind: kind, id: id), sdc: ID(sdc), role: role,
            reason: reason,
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

    func prohibition() throws(PlanDocumentError) -> Prohibition {
        let scope: Prohibition.Scope
        if let observationKind {
            scope = .kind(observationKind)
        } else {
            scope = .item(try PlanContent.item(kind: kind ?? "", id: id ?? ""))
        }
        return Prohibition(sdc: ID(sdc), scope: scope, reason: reason)
    }
}

extension PlanContent {
    /// The pins and prohibitions of this content.
    func rules() throws(PlanDocumentError) -> PlacementRules {
        var pins: [Pin] = []
        for entry in self.pins ?? [] { pins.append(try entry.pin()) }
        var prohibitions: [Prohibition] = []
        for entry in self.prohibitions ?? [] { prohibitions.append(try entry.prohibition()) }
        return PlacementRules(pins: pins, prohibitions: prohibitions)
    }
}

extension PlanContent {
    fileprivate static func item(kind: String, id: String) throws(PlanDocumentError) -> ItemID {
        do { return try ItemID(kind: kind, id: id) } catch {
            throw .notAPlan("unknown kind of item \(error.found)")
        }
    }
}
