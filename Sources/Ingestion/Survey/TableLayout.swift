import Documents
import GroundSegment
import Tables

/// Where a table has the fields of a survey, and how their texts are read.
struct TableLayout {
    /// For each of `ColumnMapping.names`, in its order.
    let cells: [Cell]
    let forms: FieldForms
    /// The scales of the times, with what says so.
    let scales: [StatedScale]

    /// The columns of a file that a field's text is made of.
    struct Cell: Hashable {
        /// Two for the parts of a Julian Date.
        var places: [Int] = []
        /// A column that says whether the value is missing.
        var mask: Int?

        /// The text in a row; empty where it is masked.
        func text(_ row: TableRow) -> String {
            if let mask, ["True", "true", "1"].contains(row.text(mask)) { return "" }
            if places.count == 1 { return PlainText.trimmed(row.text(places[0])) }
            return places.map { PlainText.trimmed(row.text($0)) }.joined(separator: " ")
        }
    }

    /// Finds the columns of a mapping in a table, and reads what its header says of them.
    ///
    /// `nil` where a column is missing or not unique, or has a meaning that is not read: the log
    /// says so.
    ///
    /// - Parameter scale: that of the planning request; `nil` where it has none.
    init?(
        _ mapping: ColumnMapping, in table: borrowing TableReader, scale: TimeScale?,
        faults: FaultLog
    ) {
        let finder = FieldFinder(
            columns: table.columns, header: table.header, line: table.headerLine, faults: faults)
        let fields = mapping.names.map { finder.find($0.column, for: $0.key) }
        var forms = FieldForms()
        var scales: [StatedScale] = []
        var isComplete = !fields.contains(nil)
        for (name, field) in zip(mapping.names, fields) {
            guard let field else { continue }
            let meaning = FieldMeaning(field, key: name.key, header: table.header, faults: faults)
            switch name.key {
            case "id", "kind": isComplete = meaning.checkPlain() && isComplete
            case "duration":
                if let unit = meaning.duration() {
                    forms.duration = unit
                } else {
                    isComplete = false
                }
            case "ra", "dec", "angle":
                guard let unit = meaning.angle() else {
                    isComplete = false
                    continue
                }
                switch name.key {
                case "ra": forms.ra = unit
                case "dec": forms.dec = unit
                default: forms.angle = unit
                }
            default:
                guard let form = meaning.time(scale: scale) else {
                    isComplete = false
                    continue
                }
                if name.key == "start" { forms.start = form } else { forms.end = form }
                scales.append(
                    StatedScale(field: name.key, scale: form.scale, reason: form.reason))
            }
        }
        guard isComplete else { return nil }
        cells = fields.compactMap { $0?.cell }
        self.forms = forms
        self.scales = scales
    }
}
