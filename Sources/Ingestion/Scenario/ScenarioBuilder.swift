import Documents
import GroundSegment

/// Puts the changes of scenarios together and notes what contradicts.
struct ScenarioBuilder {
    private let planningCase: PlanningCase
    private(set) var changes: [CaseChange] = []
    /// Where each field was set, and to what.
    private var settings: [String: (text: String, place: String)] = [:]
    /// The rules on items that scenarios bring.
    private var pins: [(pin: Pin, place: String)] = []
    private var prohibitions: [(rule: Prohibition, place: String)] = []

    init(_ planningCase: PlanningCase) {
        self.planningCase = planningCase
    }

    /// Adds a scenario file's content.
    mutating func add(_ root: DocumentObject, file: String) {
        root.check(keys: ["name", "set", "maintenance", "postpone", "pins", "forbid"])
        if let section = root.object("set", required: false) {
            for key in section.keys {
                let value = section.word(key) ?? ""
                set(key, to: value, place: (file, section.line(key)), faults: root.faults)
            }
        }
        for entry in root.objects("maintenance") { addWindow(entry) }
        for entry in root.objects("postpone") { addDelay(entry) }
        let rules = RuleSection(root, grid: planningCase.grid)
        rules.check(sdcs: planningCase.sdcs.map(\.id))
        pins += rules.rules.pins.map { ($0, file) }
        prohibitions += rules.rules.prohibitions.map { ($0, file) }
        changes += rules.rules.pins.map { .pin($0) }
        changes += rules.rules.prohibitions.map { .forbid($0) }
    }

    /// Sets a field: `SDC-FR.cores` or `processing.tile.work` to a value, `+10%` or `-100`.
    mutating func set(
        _ key: String, to text: String, place: (file: String, line: Int?), faults: FaultLog
    ) {
        let name = place.line.map { "\(place.file):\($0)" } ?? place.file
        if let earlier = settings[key] {
            guard earlier.text != text else { return }
            faults.add(
                line: place.line, field: key,
                found: "\(text) beside \(earlier.text)"
                    + " (\(earlier.place))", expected: "one value for it")
            return
        }
        settings[key] = (text, name)
        if key.hasPrefix(ProcessingSetting.prefix) {
            setProcessing(key, to: text, line: place.line, faults: faults)
            return
        }
        guard let dot = key.lastIndex(of: "."), let sdc = sdc(String(key[..<dot])) else {
            let ids = planningCase.sdcs.map(\.id.text).joined(separator: ", ")
            faults.add(
                line: place.line, field: key, found: "no SDC of that name",
                expected: "SDC.FIELD with an SDC of: \(ids), or processing.observation.FIELD,"
                    + " processing.observation.kinds.KIND.FIELD, processing.tile.FIELD")
            return
        }
        let field = String(key[key.index(after: dot)...])
        guard let setting = Setting(rawValue: field) else {
            let list = Setting.allCases.map(\.rawValue)
            faults.add(
                line: place.line, field: key, found: "an unknown field",
                expected: Spelling.nearest(to: field, in: list).map { "\(sdc.id).\($0)" }
                    ?? "one of: \(list.joined(separator: ", "))")
            return
        }
        guard setting.value(of: sdc) != nil || !Self.isChange(text) else {
            faults.add(
                line: place.line, field: key, found: "\"\(text)\"",
                expected: "\(setting.range(of: sdc).text): \(sdc.id) has no \(field) to be changed")
            return
        }
        guard let value = Self.value(text, of: setting.value(of: sdc) ?? 0),
            setting.range(of: sdc).contains(value)
        else {
            faults.add(
                line: place.line, field: key, found: "\"\(text)\"",
                expected: setting.range(of: sdc).text + ", or a change: +10%, -100")
            return
        }
        changes.append(setting.change(sdc.id, value))
    }

    private mutating func setProcessing(
        _ key: String, to text: String, line: Int?, faults: FaultLog
    ) {
        guard let setting = ProcessingSetting(key) else {
            faults.add(
                line: line, field: key, found: "an unknown field",
                expected: "one of: \(ProcessingSetting.paths.joined(separator: ", "))")
            return
        }
        // What was set before counts: a change is one of the value that it finds.
        let now = planningCase.applying(changes).processing.value(setting.field)
        guard let value = Self.value(text, of: now), setting.range.contains(value) else {
            faults.add(
                line: line, field: key, found: "\"\(text)\"",
                expected: setting.range.text + ", or a change: +10%, -100")
            return
        }
        changes.append(.processing(setting.field, value))
    }

    private func sdc(_ name: String) -> SDC? {
        planningCase.sdcs.first { $0.id.text == name }
    }

    private static func isChange(_ text: String) -> Bool {
        text.hasPrefix("+") || text.hasPrefix("-")
    }

    /// What a text makes of an old value.
    private static func value(_ text: String, of old: Double) -> Double? {
        let isRelative = isChange(text)
        if text.hasSuffix("%") {
            guard isRelative, let percent = PlainText.decimal(text.dropLast()) else { return nil }
            return old * (1 + percent / 100)
        }
        return PlainText.decimal(text).map { isRelative ? old + $0 : $0 }
    }

    // MARK: Maintenance

    private mutating func addWindow(_ entry: DocumentObject) {
        entry.check(keys: ["sdc", "start", "end", "availability", "summary", "drop"])
        guard let name = entry.text("sdc", expected: "an SDC") else { return }
        guard let sdc = sdc(name) else {
            let ids = planningCase.sdcs.map(\.id.text).joined(separator: ", ")
            entry.fault("sdc", expected: "one of: \(ids)")
            return
        }
        if entry.has("drop") {
            drop(entry, at: sdc)
            return
        }
        let start = entry.time("start")
        let end = entry.time("end")
        let availability = entry.number("availability", .availability, default: 0)
        let summary = entry.text("summary", default: "")
        guard let start, let end, let availability, let summary else { return }
        guard start < end else {
            entry.fault("end", expected: "an instant after start, \(start)")
            return
        }
        let window = MaintenanceWindow(
            window: TimeWindow(start: start, end: end), availability: availability,
            summary: summary)
        changes.append(.window(sdc.id, from: nil, to: window))
    }

    private mutating func drop(_ entry: DocumentObject, at sdc: SDC) {
        guard let day = entry.time("drop") else { return }
        let windows = sdc.maintenance.filter { $0.window.start.date == day.date }
        guard !windows.isEmpty else {
            let starts = sdc.maintenance.filter {
                $0.window.intersection(planningCase.period) != nil
            }.map(\.window.start.date)
            entry.fault(
                "drop",
                expected: starts.isEmpty
                    ? "a day on which a window of \(sdc.id) begins; it has none"
                    : "a day on which a window of \(sdc.id) begins: "
                        + starts.joined(separator: ", "))
            return
        }
        changes += windows.map { .window(sdc.id, from: $0, to: nil) }
    }

    // MARK: Observations

    private mutating func addDelay(_ entry: DocumentObject) {
        entry.check(keys: ["observations", "days"])
        let days = entry.count("days", in: 1...366)
        let names = entry.texts("observations", required: true)
        let known = Set(planningCase.survey.observations(in: planningCase.period).map(\.id.text))
        for name in names where !known.contains(name) {
            entry.fault(
                "observations", found: name, expected: "observations of the period")
        }
        guard let days, !names.isEmpty else { return }
        changes.append(.postpone(names.map { ID($0) }, days: days))
    }

    // MARK: Contradictions

    /// Notes pins that contradict a pin or a prohibition, of a scenario or of the case.
    func checkRules(faults: FaultLog) {
        let allPins = planningCase.rules.pins.map { (pin: $0, place: "the case") } + pins
        let bans =
            planningCase.rules.prohibitions.map { (rule: $0, place: "the case") } + prohibitions
        let byItem = Dictionary(grouping: allPins) { $0.pin.item }
        let kinds = Dictionary(
            planningCase.survey.observations.map { (ItemID.observation($0.id), $0.kind) },
            uniquingKeysWith: { first, _ in first })
        for (place, entry) in allPins.enumerated() {
            let isNew = place >= planningCase.rules.pins.count
            for other in byItem[entry.pin.item] ?? [] where other.pin != entry.pin && isNew {
                guard (other.pin.role == entry.pin.role) == (other.pin.sdc != entry.pin.sdc)
                else { continue }
                faults.add(
                    field: "pins",
                    found: "\(text(entry.pin)) (\(entry.place)) beside"
                        + " \(text(other.pin)) (\(other.place))",
                    expected: "pins of \(entry.pin.item) that can hold together")
            }
            for ban in bans where ban.rule.sdc == entry.pin.sdc {
                guard isNew || prohibitions.contains(where: { $0.rule == ban.rule }),
                    Self.covers(ban.rule.scope, entry.pin.item, kinds)
                else { continue }
                faults.add(
                    field: "forbid",
                    found: "\(entry.pin.item) forbidden at \(ban.rule.sdc)"
                        + " (\(ban.place)) and pinned there (\(entry.place))",
                    expected: "one of the two")
            }
        }
    }

    private func text(_ pin: Pin) -> String { "\(pin.sdc) as \(pin.role.rawValue)" }

    private static func covers(
        _ scope: Prohibition.Scope, _ item: ItemID, _ kinds: [ItemID: String]
    ) -> Bool {
        switch scope {
        case .item(let other): item == other
        case .kind(let kind): kinds[item] == kind
        }
    }
}

/// The numbers of an SDC that a scenario may set.
private enum Setting: String, CaseIterable {
    case cores, efficiency, storage, used, ingress, egress

    /// `nil` for a rate where there is no limit.
    func value(of sdc: SDC) -> Double? {
        switch self {
        case .cores: sdc.cores
        case .efficiency: sdc.efficiency
        case .storage: sdc.storage.value
        case .used: sdc.used.value
        case .ingress: sdc.ingress
        case .egress: sdc.egress
        }
    }

    func range(of sdc: SDC) -> NumberRange {
        switch self {
        case .cores: .cores
        case .efficiency: .efficiency
        case .storage: .from(max(sdc.used.value, 1e-6), to: 1e9)
        case .used: .from(0, to: sdc.storage.value)
        case .ingress, .egress: .rate
        }
    }

    func change(_ sdc: ID<SDC>, _ value: Double) -> CaseChange {
        switch self {
        case .cores: .cores(sdc, value)
        case .efficiency: .efficiency(sdc, value)
        case .storage: .storage(sdc, Terabytes(value))
        case .used: .used(sdc, Terabytes(value))
        case .ingress: .rate(sdc, .inward, value)
        case .egress: .rate(sdc, .outward, value)
        }
    }
}
