import Documents
import GroundSegment
import Tables

/// The formats in which a survey's observations may come.
enum SurveyFormat: String, CaseIterable {
    case rsd, csv, ecsv, sqlite
}

/// What a planning request says of its survey: where it is and how it is to be read.
struct SurveySource {
    /// How the observations are told; the scale is that of the times where the file states none,
    /// `nil` where the request does not either.
    enum Form {
        /// A Reference Survey Definition, whose names and times are its own.
        case rsd
        /// CSV or ECSV, also compressed.
        case table(ColumnMapping, scale: TimeScale?)
        /// SQLite.
        case database(ColumnMapping, scale: TimeScale?)
    }

    let id: ID<SurveyPlan>
    /// As the request names it, relative to its folder.
    let file: String
    let form: Form
    /// Width and height of the footprint, degrees.
    let field: (width: Double, height: Double)
}

/// Which columns of a table hold what.
struct ColumnMapping {
    /// Joined by `/` where there are several.
    let id: [String]
    let start: String
    let end: End
    let ra: String
    let dec: String
    /// Position angle; `nil` where all fields point north.
    let angle: String?
    /// The class of observation; `nil` where there is one only.
    let kind: String?
    /// Table of a database.
    let table: String

    /// Whether the times are those of Rubin's opsim, which are MJD of TAI.
    var isOpsim: Bool { start.lowercased() == "observationstartmjd" }

    enum End {
        case time(String)
        /// Seconds from the start.
        case duration(String)
    }

    /// All columns that are needed, each with the key that names it.
    var names: [(key: String, column: String)] {
        var names = id.map { (key: "id", column: $0) } + [("start", start)]
        switch end {
        case .time(let column): names.append(("end", column))
        case .duration(let column): names.append(("duration", column))
        }
        names += [("ra", ra), ("dec", dec)]
        if let angle { names.append(("angle", angle)) }
        if let kind { names.append(("kind", kind)) }
        return names
    }
}

extension SurveySource {
    /// Reads the request's `survey` section.
    init?(_ section: DocumentObject) {
        section.check(keys: ["id", "file", "format", "columns", "scale", "field"])
        let id = section.text("id")
        let file = section.text("file", expected: "the survey file's name")
        let form = Self.form(section)
        let field = section.object("field")
        field?.check(keys: ["width", "height"])
        let width = field?.number("width", .field)
        let height = field?.number("height", .field)
        if let id, id.utf8.count > 512 {
            section.fault("id", found: "an id of \(id.utf8.count) bytes", expected: "at most 512")
        }
        guard let id, let file, let form, let width, let height else { return nil }
        self.init(id: ID(id), file: file, form: form, field: (width, height))
    }

    private static func form(_ section: DocumentObject) -> Form? {
        let format: SurveyFormat? = section.choice("format")
        if format == .rsd {
            let refused = [
                ("columns", "columns of an RSD", "none: it has names of its own"),
                ("scale", "a scale of an RSD", "none: its times are those of UTC"),
            ].filter { section.has($0.0) }
            for (key, found, expected) in refused {
                section.fault(key, found: found, expected: expected)
            }
            return refused.isEmpty ? .rsd : nil
        }
        let columns = section.object("columns", required: format != nil).flatMap(
            ColumnMapping.init)
        let scale: TimeScale? = section.has("scale") ? section.choice("scale") : nil
        guard let format, let columns, section.has("scale") == (scale != nil) else { return nil }
        return format == .sqlite
            ? .database(columns, scale: scale) : .table(columns, scale: scale)
    }
}

extension ColumnMapping {
    /// Reads the request's `survey.columns` section.
    init?(_ section: DocumentObject) {
        section.check(
            keys: ["id", "start", "end", "duration", "ra", "dec", "angle", "kind", "table"])
        let id = Self.id(section)
        let start = section.column("start")
        let ra = section.column("ra")
        let dec = section.column("dec")
        let angle = section.has("angle") ? section.column("angle") : nil
        let kind = section.has("kind") ? section.column("kind") : nil
        let table = section.text("table", expected: "a table's name", default: "observations")
        let end = Self.end(section)
        guard let id, let start, let ra, let dec, let table, let end else { return nil }
        self.init(
            id: id, start: start, end: end, ra: ra, dec: dec, angle: angle, kind: kind,
            table: table)
    }

    private static func id(_ section: DocumentObject) -> [String]? {
        guard let list = section.words("id") else {
            return section.column("id", expected: "a column's name or a list of them").map { [$0] }
        }
        let names = list.compactMap { $0.map(columnName) }
            .filter(PlainText.isPrintable)
        guard !names.isEmpty, names.count == list.count else {
            section.fault("id", expected: "a column's name or a list of them")
            return nil
        }
        return names
    }

    private static func end(_ section: DocumentObject) -> End? {
        switch (section.has("end"), section.has("duration")) {
        case (true, false): return section.column("end").map(End.time)
        case (false, true):
            return section.column("duration").map(End.duration)
        case (true, true):
            section.fault("duration", found: "duration beside end", expected: "one of them")
            return nil
        case (false, false):
            section.fault("end", expected: "the column of the end, or duration")
            return nil
        }
    }
}

extension DocumentObject {
    /// A column's name.
    fileprivate func column(_ key: String, expected: String = "a column's name") -> String? {
        guard let name = word(key).map(columnName), PlainText.isPrintable(name) else {
            fault(key, expected: expected)
            return nil
        }
        return name
    }
}

/// A column's name without the line breaks that it may have in a table's file.
private func columnName(_ text: String) -> String {
    text.contains(where: \.isNewline) ? TableReader.oneLine(text) : text
}
