import Documents
import GroundSegment
import SkyCoverage
import SkyGeometry

extension DocumentObject {
    /// The items below a key; `nil` where it is absent or at fault.
    func items(_ key: String) -> ItemSelection? {
        guard let items = object(key, required: false) else { return nil }
        items.check(keys: ["period", "region", "observations", "tiles", "query"])
        let before = faults.count
        let period = items.period("period")
        let region = items.region("region")
        let observations = items.itemIDs("observations", .observation)
        let tiles = items.itemIDs("tiles", .tile)
        let query = items.query("query")
        guard faults.count == before else { return nil }
        let list = observations == nil && tiles == nil ? nil : (observations ?? []) + (tiles ?? [])
        return ItemSelection(
            period: period, region: region, list: list.map { Set($0) }, query: query)
    }

    private func period(_ key: String) -> TimeWindow? {
        guard let period = object(key, required: false) else { return nil }
        period.check(keys: ["start", "end"])
        let start = period.time("start")
        let end = period.time("end")
        guard let start, let end else { return nil }
        guard start < end else {
            period.fault("end", expected: "an instant after the start, \(start.date)")
            return nil
        }
        return TimeWindow(start: start, end: end)
    }

    /// An instant in ISO 8601.
    func time(_ key: String) -> MJD? {
        guard let text = word(key), let time = MJD(iso8601: text) else {
            fault(key, expected: "an ISO 8601 date")
            return nil
        }
        return time
    }

    private func region(_ key: String) -> CampaignRegion? {
        guard let region = object(key, required: false) else { return nil }
        region.check(keys: ["cone", "moc"])
        switch region.oneOf(["cone", "moc"]) {
        case "cone": return region.cone()
        case "moc": return region.coverage().map { .coverage($0) }
        default: return nil
        }
    }

    private func cone() -> CampaignRegion? {
        guard let cone = object("cone") else { return nil }
        cone.check(keys: ["ra", "dec", "radius"])
        let ra = cone.number("ra", .from(0, to: 360))
        let dec = cone.number("dec", .from(-90, to: 90))
        let radius = cone.number("radius", .from(0, to: 180))
        guard let ra, let dec, let radius else { return nil }
        return .cone(centre: SkyPosition(ra: ra, dec: dec), radius: radius)
    }

    private static let coverageRule =
        "a coverage map of MOC 2.0: 5/1 3-6 10/27, or {\"5\": [1, 3], \"10\": [27]}"

    /// A coverage map in the ASCII or JSON form of MOC 2.0.
    private func coverage() -> SkyCoverage? {
        guard isObject("moc") else {
            if let map = word("moc").flatMap({ SkyCoverage(ascii: $0) }) { return map }
            fault("moc", expected: Self.coverageRule)
            return nil
        }
        guard let orders = object("moc") else { return nil }
        let parts = orders.fields.map { order in
            let cells = order.value.elements?.map { $0.word ?? "?" } ?? ["?"]
            return "\(order.name)/" + cells.joined(separator: " ")
        }
        guard let map = SkyCoverage(ascii: parts.joined(separator: " ")) else {
            fault("moc", expected: Self.coverageRule)
            return nil
        }
        return map
    }

    private func itemIDs(_ key: String, _ kind: ItemKind) -> [ItemID]? {
        has(key) ? texts(key).map { ItemID(kind: kind, id: $0) } : nil
    }

    /// A query on the catalogue, on one line or several.
    private func query(_ key: String) -> String? {
        guard has(key) else { return nil }
        guard let text = word(key).map(PlainText.trimmed), text.lowercased().hasPrefix("select"),
            !text.contains(";")
        else {
            fault(key, expected: "one SELECT without a semicolon, with the columns kind and item")
            return nil
        }
        return text
    }
}
