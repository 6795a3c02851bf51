import Documents
import GroundSegment

/// Guesses which columns of a table hold what, by their names and their values.
struct ColumnGuess {
    private let sample: SurveySample
    private let faults: FaultLog

    /// Names of each field, most telling first, in lower case without signs and units.
    private static let names: [String: [String]] = [
        "id": [
            "observationid", "obsid", "obs", "visitid", "sbid", "tileid", "exposureid", "id",
            "observation", "name", "field", "fieldid", "fieldname", "target",
        ],
        "start": [
            "start", "starttime", "obsstart", "tmin", "observationstartmjd", "startmjd", "mjdstart",
            "begin", "dateobs", "mjdobs", "mjd", "time", "date", "obsdate",
        ],
        "end": ["end", "endtime", "obsend", "tmax", "endmjd", "mjdend", "stop", "dateend"],
        "duration": [
            "duration", "visittime", "obsduration", "visitexposuretime", "exptime", "texptime",
            "exposuretime", "exposure",
        ],
        "ra": [
            "ra", "fieldra", "sra", "rightascension", "raj2000", "targetra", "tilera",
            "coordra", "skycoordra",
        ],
        "dec": [
            "dec", "decl", "fielddec", "sdec", "declination", "dej2000", "decj2000", "coorddec",
            "skycoorddec",
        ],
        "angle": ["positionangle", "pa", "angle", "rotskypos", "roll"],
        "kind": ["kind", "type", "obstype", "program", "scienceprogram", "surveyid", "category"],
    ]

    private static let units = ["utc", "deg", "degrees", "seconds", "sec", "s", "d"]

    init(_ sample: SurveySample, faults: FaultLog) {
        self.sample = sample
        self.faults = faults
    }

    /// The columns; `nil` with a fault for each field that none fits.
    func mapping() -> ColumnMapping? {
        let start = needed("start", "a column of start times, ISO 8601 or MJD") { isTime($0) }
        let ra = needed("ra", "a column of right ascensions in degrees") { isNumber($0, 360) }
        let dec = needed("dec", "a column of declinations in degrees") { isNumber($0, 90) }
        let duration = best("duration") { isNumber($0, 1e6) }.map(ColumnMapping.End.duration)
        let end = best("end") { isTime($0) }.map(ColumnMapping.End.time) ?? duration
        if end == nil {
            fault("end", "a column of end times, or of durations in seconds")
        }
        let id = identifier()
        guard let start, let ra, let dec, let end, let id else { return nil }
        return ColumnMapping(
            id: id, start: start, end: end, ra: ra, dec: dec,
            angle: best("angle") { $0.isEmpty || isNumber($0, 360) }, kind: kind(),
            table: sample.table.isEmpty ? "observations" : sample.table)
    }

    private func needed(_ field: String, _ expected: String, _ fits: (String) -> Bool) -> String? {
        let column = best(field, fits)
        if column == nil { fault(field, expected) }
        return column
    }

    private func fault(_ field: String, _ expected: String) {
        let named = named(field)
        let found =
            named.isEmpty
            ? "columns \(sample.columns.joined(separator: ", "))"
            : named.map { "\($0), which has \"\(value($0))\"" }.joined(separator: "; ")
        faults.add(field: field, found: found, expected: expected)
    }

    /// A column's value that is told where the column does not fit.
    private func value(_ column: String) -> String { values(column).first ?? "" }

    /// The best column by its name whose values all fit.
    private func best(_ field: String, _ fits: (String) -> Bool) -> String? {
        named(field).first { column in
            let values = values(column)
            return !values.isEmpty && values.allSatisfy(fits)
        }
    }

    /// The columns that may be a field, most telling name first.
    private func named(_ field: String) -> [String] {
        (Self.names[field] ?? []).flatMap { name in
            sample.columns.filter { plainNames($0).contains(name) && isUnique($0) }
        }
    }

    private func isUnique(_ column: String) -> Bool {
        sample.columns.count { $0 == column } == 1
    }

    /// A column's name in lower case without signs, as it is and without a unit at its end.
    private func plainNames(_ column: String) -> [String] {
        let whole = column.lowercased().filter { $0.isLetter || $0.isNumber }
        return [whole]
            + Self.units.filter { whole.hasSuffix($0) }.map { String(whole.dropLast($0.count)) }
    }

    private func values(_ column: String) -> [String] {
        guard let place = sample.columns.firstIndex(of: column) else { return [] }
        return sample.rows.lazy.map { $0[place] }
    }

    /// One column whose values are all different, else two that are so together.
    private func identifier() -> [String]? {
        let named = named("id")
        if let one = named.first(where: { areUnique([$0]) }) { return [one] }
        for (place, first) in named.enumerated() {
            for second in named[(place + 1)...] where areUnique([first, second]) {
                return [first, second]
            }
        }
        fault("id", "a column, or two, whose values name each observation once")
        return nil
    }

    private func areUnique(_ columns: [String]) -> Bool {
        let lists = columns.map(values)
        guard let count = lists.first?.count, count > 0 else { return false }
        var seen: Set<String> = []
        return (0..<count).allSatisfy { row in
            let parts = lists.map { $0[row] }
            return !parts.contains("") && seen.insert(parts.joined(separator: "/")).inserted
        }
    }

    /// A column of a few classes.
    private func kind() -> String? {
        named("kind").first { column in
            let classes = Set(values(column))
            return (2...40).contains(classes.count) && classes.allSatisfy(PlainText.isPrintable)
        }
    }

    private func isTime(_ text: String) -> Bool {
        guard let time = PlainText.decimal(text).map({ MJD($0) }) ?? MJD(iso8601: text) else {
            return false
        }
        return TimeLimits.contains(time)
    }

    private func isNumber(_ text: String, _ limit: Double) -> Bool {
        PlainText.decimal(text).map { abs($0) <= limit } ?? false
    }
}
