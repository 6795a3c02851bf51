/// Reads the VTIMEZONE components of a calendar.
struct ZoneReader {
    let faults: CalendarFaults
    let budget: RecurrenceBudget
    /// Until when all zones' changes are worked out, in seconds since 1970.
    let horizon: Int

    /// The zones by their TZID as text; `nil` for one that is at fault.
    func zones(_ calendar: CalendarComponent) -> [String: ObservedZone?] {
        var zones: [String: ObservedZone?] = [:]
        for component in calendar.children where component.name == "VTIMEZONE" {
            guard let property = component.first("TZID"), !property.text.isEmpty else {
                fault(component.line, "TZID", "nothing", "the time zone's name")
                continue
            }
            let known = faults.count
            for second in component.all("TZID").dropFirst() {
                fault(second.line, "TZID", "a second one", "one in a time zone")
            }
            let name = property.text
            if zones.keys.contains(name) {
                fault(property.line, "TZID", "\"\(name)\" a second time", "each zone once")
            }
            let zone = zone(component, name: name)
            zones.updateValue(faults.count == known ? zone : nil, forKey: name)
        }
        return zones
    }

    private func zone(_ component: CalendarComponent, name: String) -> ObservedZone? {
        let parts = component.children.filter { ["STANDARD", "DAYLIGHT"].contains($0.name) }
        let isWhole =
            !parts.isEmpty
            && parts.allSatisfy { part in
                ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"].allSatisfy { part.first($0) != nil }
            }
        guard isWhole else {
            fault(
                component.line, "VTIMEZONE \(name)", "no full STANDARD or DAYLIGHT part",
                "DTSTART, TZOFFSETFROM and TZOFFSETTO in each")
            return nil
        }
        let observances = parts.compactMap(observance)
        guard observances.count == parts.count else { return nil }
        do {
            return try ObservedZone(observances, through: horizon, budget: budget)
        } catch {
            fault(error.line ?? component.line, "RRULE", error.found, error.expected)
            return nil
        }
    }

    private func observance(_ part: CalendarComponent) -> Observance? {
        let reader = PropertyReader(faults: faults, zones: [:])
        let known = faults.count
        reader.checkOnce(["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"], in: part)
        EventNames.check(part, reader: reader)
        for name in ["EXDATE", "DURATION", "DTEND"] {
            for property in part.all(name) {
                fault(property.line, name, "it in a time zone", "DTSTART, RRULE and RDATE")
            }
        }
        let start = part.first("DTSTART").flatMap { onsets($0, single: true).first }
        let from = part.first("TZOFFSETFROM").flatMap(offset)
        let to = part.first("TZOFFSETTO").flatMap(offset)
        let rules = part.all("RRULE").compactMap(reader.rule)
        let additions = part.all("RDATE").flatMap { onsets($0, single: false) }
        guard let start, let from, let to, faults.count == known else { return nil }
        return Observance(
            start: start, offsetFrom: from, offsetTo: to, rules: rules, additions: additions)
    }

    /// The local times of a property, which is without a zone (RFC 5545 section 3.6.5).
    private func onsets(_ property: ContentLine, single: Bool) -> [Int] {
        let texts =
            single
            ? [property.value]
            : property.value.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
        let isPlain =
            property.parameter("TZID") == nil
            && ["DATE-TIME"].contains(property.parameter("VALUE")?.uppercased() ?? "DATE-TIME")
        return texts.compactMap { text in
            guard isPlain, let time = WrittenTime(text), !time.isDate, !time.isUTC else {
                fault(
                    property.line, property.name, "\"\(text)\"",
                    "a local time such as 20270328T020000")
                return nil
            }
            return time.wall
        }
    }

    /// `+0100` or `-013015` in seconds (section 3.3.14: less than a day, and never `-0000`).
    private func offset(_ property: ContentLine) -> Int? {
        let bytes = Array(property.value.utf8)
        let digits = bytes.dropFirst()
        let numbers = stride(from: 1, to: bytes.count - 1, by: 2).map {
            Int(bytes[$0]) * 10 + Int(bytes[$0 + 1]) - 528
        }
        guard [5, 7].contains(bytes.count), digits.allSatisfy({ (48...57).contains($0) }),
            bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            numbers[0] < 24, numbers[1] < 60, numbers.count < 3 || numbers[2] < 60,
            bytes[0] == UInt8(ascii: "+") || numbers.contains(where: { $0 > 0 })
        else {
            fault(property.line, property.name, "\"\(property.value)\"", "an offset such as +0100")
            return nil
        }
        let seconds =
            numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
        return bytes[0] == UInt8(ascii: "-") ? -seconds : seconds
    }

    private func fault(_ line: Int, _ field: String, _ found: String, _ expected: String) {
        faults.add(line: line, field: field, found: found, expected: expected)
    }
}
