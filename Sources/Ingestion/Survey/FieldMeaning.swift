import Documents
import GroundSegment
import Tables

/// What a table's header says of the values of a mapped column: unit, datatype, form and scale.
///
/// Each function gives how the values are read, or `nil` with a fault that names what is not read.
struct FieldMeaning {
    private let field: FieldFinder.Field
    private let key: String
    private let header: ECSVHeader?
    private let faults: FaultLog

    init(_ field: FieldFinder.Field, key: String, header: ECSVHeader?, faults: FaultLog) {
        self.field = field
        self.key = key
        self.header = header
        self.faults = faults
    }

    /// Whether the values are single ones.
    func checkPlain() -> Bool {
        guard let subtype = field.column?.subtype else { return true }
        fault("subtype \(subtype)", expected: "one value for each observation")
        return false
    }

    /// The unit of angles.
    func angle() -> AngleUnit? {
        guard isNumeric(), isOfClass(Self.quantities), let name = unit() else { return nil }
        if name.isEmpty { return .degree }
        let unit = AngleUnit(name)
        if unit == nil { fault("unit \"\(name)\"", expected: AngleUnit.expectation) }
        return unit
    }

    /// The unit of durations.
    func duration() -> DurationUnit? {
        guard isNumeric(), isOfClass(Self.quantities + ["TimeDelta"]), let name = unit() else {
            return nil
        }
        if let object = field.object, object.kind == "TimeDelta" {
            let format = object.attributes["format"] ?? "jd"
            if object.parts["jd1"] == nil, format == "sec" { return .second }
            if object.parts["jd1"] == nil, format == "jd" { return .day }
            fault(
                object.parts["jd1"] == nil
                    ? "a TimeDelta as \(format)" : "a TimeDelta in two parts",
                expected: "seconds, or days in one column (format sec or jd)")
            return nil
        }
        if name.isEmpty { return .second }
        let unit = DurationUnit(name)
        if unit == nil { fault("unit \"\(name)\"", expected: DurationUnit.expectation) }
        return unit
    }

    /// The form and the scale of times.
    ///
    /// - Parameter scale: that of the planning request; `nil` where it has none.
    func time(scale: TimeScale?) -> TimeForm? {
        guard checkPlain(), isOfClass(["Time"] + Self.quantities), let unit = unit() else {
            return nil
        }
        if let column = field.column,
            column.datatype == "bool" || column.datatype.hasPrefix("complex")
        {
            fault("datatype \(column.datatype)", expected: "float64 (MJD) or string (ISO 8601)")
            return nil
        }
        guard unit.isEmpty || DurationUnit(unit) == .day else {
            fault("unit \"\(unit)\"", expected: "d (MJD), or none")
            return nil
        }
        guard let format = format() else { return nil }
        var form = TimeForm(format: format)
        switch stated(by: format) {
        case .faulty: return nil
        case .said(let own, let reason):
            if let scale, scale != own {
                fault(
                    "\(own.name), \(reason)", expected: "\(scale.name), as survey.scale says")
                return nil
            }
            (form.scale, form.reason) = (own, reason)
        case .nothing:
            if let scale {
                (form.scale, form.reason) = (scale, "as survey.scale says")
            } else if let word = ScaleWords.ofName(field.name) {
                fault(
                    "a name that says \(word), and no scale",
                    expected: "survey.scale in the planning request: tai, tt or utc")
                return nil
            }
        }
        return form
    }

    private static let quantities = [
        "Quantity", "Angle", "Longitude", "Latitude", "MaskedQuantity", "MaskedColumn", "Column",
        "MaskedNDArray", "NdarrayMixin", "MaskedAngle", "MaskedLongitude", "MaskedLatitude", "",
    ]

    private func isOfClass(_ kinds: [String]) -> Bool {
        guard let object = field.object, !kinds.contains(String(object.kind)) else { return true }
        fault("the class \(object.type)", expected: "a column of \(Self.meaning[key] ?? "values")")
        return false
    }

    private static let meaning = [
        "start": "times", "end": "times", "duration": "durations", "ra": "angles",
        "dec": "angles", "angle": "angles",
    ]

    private func isNumeric() -> Bool {
        guard checkPlain() else { return false }
        guard let datatype = field.column?.datatype, datatype == "bool" || datatype.hasPrefix("c")
        else { return true }
        fault("datatype \(datatype)", expected: "a number, float64 or int64")
        return false
    }

    /// The unit that the column and its object agree on.
    private func unit() -> String? {
        let own = field.column?.column.unit ?? ""
        let more = field.object?.attributes["unit"] ?? ""
        guard own.isEmpty || more.isEmpty || own == more else {
            fault("unit \"\(own)\" and unit \"\(more)\"", expected: "one unit")
            return nil
        }
        return own.isEmpty ? more : own
    }

    private func format() -> TimeForm.Format? {
        guard let object = field.object, object.kind == "Time" else { return .any }
        if object.parts["jd1"] != nil { return .julianPair }
        let name = object.attributes["format"] ?? ""
        if let format = TimeForm.Format(rawValue: name), format != .any, format != .julianPair {
            return format
        }
        let known = TimeForm.Format.allCases.filter { $0 != .any && $0 != .julianPair }
        fault(
            "times in the format \(name.isEmpty ? "?" : name)",
            expected: "one of: \(known.map(\.rawValue).joined(separator: ", ")), or jd1 and jd2")
        return nil
    }

    private enum Statement {
        case nothing, faulty
        case said(TimeScale, reason: String)
    }

    /// What the file says of the scale; two things that differ are a fault, and so is a scale that
    /// is not converted.
    private func stated(by format: TimeForm.Format) -> Statement {
        if let scale = format.ownScale {
            return .said(scale, reason: "as times in the format \(format.rawValue) are")
        }
        var words: [(word: String, source: String)] = []
        if let scale = field.object?.attributes["scale"] {
            words.append((scale, "its Time column"))
        }
        if let column = field.column {
            words += ScaleWords.ofMeta(column.meta).map { ($0, "the column's metadata") }
            words += ScaleWords.ofText(column.column.description).map { ($0, "its description") }
        }
        if words.isEmpty, let header {
            words = ScaleWords.ofMeta(header.meta).map { ($0, "the table's metadata") }
        }
        let scales = words.map { TimeScale(name: $0.word) }
        guard let first = words.first else { return .nothing }
        guard let scale = scales[0], scales.allSatisfy({ $0 == scale }) else {
            let list = words.map { "\($0.word.uppercased()) (\($0.source))" }
            fault(
                "the scale \(list.joined(separator: " and "))",
                expected: "one of UTC, TAI and TT")
            return .faulty
        }
        return .said(scale, reason: "as \(first.source) says")
    }

    private func fault(_ found: String, expected: String) {
        faults.add(
            line: field.line, field: key, found: "\(found) of the column \(field.name)",
            expected: expected)
    }
}
