import Documents
import GroundSegment
import Tables

/// Makes records of a table's rows, whatever the table is: its cells come as text.
///
/// Times are MJD where they are numbers, else ISO 8601, of UTC; angles are degrees, durations
/// seconds; where the forms say otherwise, values are converted.  An empty angle is 0.
struct FieldReader {
    private let columns: ColumnMapping
    private let forms: FieldForms
    private let faults: FaultLog
    /// The columns to be read, in the order in which `record` takes their cells.
    let names: [String]

    init(columns: ColumnMapping, forms: FieldForms, faults: FaultLog) {
        self.columns = columns
        self.forms = forms
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
        let start = time("start", columns.start, row.next(), forms.start)
        let end = end(start: start.value, row.next())
        let ra = angle("ra", columns.ra, row.next(), forms.ra)
        let dec = angle("dec", columns.dec, row.next(), forms.dec)
        let angle = columns.angle.map { self.angle("angle", $0, row.next(), forms.angle, empty: 0) }
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
        case .time(let column): return time("end", column, text, forms.end)
        case .duration(let column):
            guard let number = PlainText.decimal(text) else {
                return Reading(
                    problem: problem(
                        "duration", column, text, expected: "a number of \(forms.duration)s"))
            }
            let seconds = forms.duration.seconds(number)
            return Reading(value: start.map { $0 + seconds / 86400 })
        }
    }

    private func time(
        _ key: String, _ column: String, _ text: String, _ form: TimeForm
    ) -> Reading<MJD> {
        if let time = form.instant(text) { return Reading(value: time) }
        return Reading(problem: problem(key, column, text, expected: form.expected))
    }

    private func angle(
        _ key: String, _ column: String, _ text: String, _ unit: AngleUnit, empty: Double? = nil
    ) -> Reading<Double> {
        if let number = text.isEmpty ? empty : PlainText.decimal(text) {
            return Reading(value: unit.degrees(number))
        }
        let name = unit == .degree ? "degrees" : "\(unit)s"
        return Reading(problem: problem(key, column, text, expected: "a number of \(name)"))
    }

    private func problem(_ key: String, _ column: String, _ text: String, expected: String)
        -> (field: String, found: String, expected: String)
    {
        let field = key == column ? key : "\(key) (\(column))"
        return (field, text.isEmpty ? "nothing" : "\"\(text)\"", expected)
    }
}
