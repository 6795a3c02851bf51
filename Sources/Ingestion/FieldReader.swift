import GroundSegment

/// Makes records of a table's rows, whatever the table is: its cells come as text.
///
/// Times are MJD where they are numbers, else ISO 8601; an empty angle is 0.
struct FieldReader {
    private let columns: ColumnMapping
    private let faults: FaultLog
    /// The columns to be read, in the order in which `record` takes their cells.
    let names: [String]

    init(columns: ColumnMapping, faults: FaultLog) {
        self.columns = columns
        self.faults = faults
        names = columns.names.map(\.column)
    }

    /// The record of a row; `nil` where something is wrong with it.
    ///
    /// - Parameter cells: the texts of the columns in `names`; empty where there is nothing.
    func record(place: RecordPlace, cells: [String]) -> SurveyRecord? {
        let parts = cells.prefix(columns.id.count)
        guard !parts.contains("") else {
            faults.add(place, field: "id", found: "nothing", expected: "the observation's id")
            return nil
        }
        var row = Cells(place: place, id: parts.joined(separator: "/"), rest: cells[parts.count...])
        let start = time("start", columns.start, row.next())
        let end = end(start: start.value, row.next())
        let ra = number("ra", columns.ra, row.next())
        let dec = number("dec", columns.dec, row.next())
        let angle = columns.angle.map { number("angle", $0, row.next(), empty: 0) }
        let kind = columns.kind == nil ? "" : row.next()
        let problems = [start.problem, end.problem, ra.problem, dec.problem, angle?.problem]
        for problem in problems.compactMap(\.self) {
            faults.add(
                place, field: "\(problem.field) of observation \(row.id)", found: problem.found,
                expected: problem.expected)
        }
        guard let start = start.value, let end = end.value, let ra = ra.value, let dec = dec.value,
            angle?.problem == nil
        else { return nil }
        return SurveyRecord(
            id: row.id, kind: kind, start: start, end: end, longitude: ra, latitude: dec,
            angle: angle?.value ?? 0, frame: .icrs, place: place)
    }

    /// The cells of a row that are still to be read.
    private struct Cells {
        let place: RecordPlace
        let id: String
        var rest: ArraySlice<String>

        mutating func next() -> String { rest.popFirst() ?? "" }
    }

    /// A value, or what is wrong with it; neither where another field's fault says enough.
    private struct Reading<Value> {
        var value: Value?
        var problem: (field: String, found: String, expected: String)?
    }

    private func end(start: MJD?, _ text: String) -> Reading<MJD> {
        switch columns.end {
        case .time(let column): return time("end", column, text)
        case .duration(let column):
            let seconds = number("duration", column, text)
            guard let start, let value = seconds.value else {
                return Reading(problem: seconds.problem)
            }
            return Reading(value: start + value / 86400)
        }
    }

    private func time(_ key: String, _ column: String, _ text: String) -> Reading<MJD> {
        if let time = decimal(text).map({ MJD($0) }) ?? MJD(iso8601: text) {
            return Reading(value: time)
        }
        return Reading(problem: problem(key, column, text, expected: "ISO 8601 or MJD"))
    }

    private func number(
        _ key: String, _ column: String, _ text: String, empty: Double? = nil
    ) -> Reading<Double> {
        if let number = text.isEmpty ? empty : decimal(text) { return Reading(value: number) }
        let unit = key == "duration" ? "seconds" : "degrees"
        return Reading(problem: problem(key, column, text, expected: "a number of \(unit)"))
    }

    private func problem(_ key: String, _ column: String, _ text: String, expected: String)
        -> (field: String, found: String, expected: String)
    {
        let field = key == column ? key : "\(key) (\(column))"
        return (field, text.isEmpty ? "nothing" : "\"\(text)\"", expected)
    }
}
