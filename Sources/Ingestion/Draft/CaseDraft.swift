import Documents
import Foundation
public import GroundSegment

/// A planning request made from a survey file: what was guessed, and its plan.yaml.
public struct CaseDraft: Sendable {
    /// What is asked for by hand.
    public struct Request: Sendable {
        /// Name of the case.
        public var name: String
        /// The survey file.
        public var survey: String
        public var period: TimeWindow
        /// The folder of the SDC files, relative to the case's.
        public var sdcs: String
        /// Width and height of an observation's field, degrees; `nil` to be guessed.
        public var field: (width: Double, height: Double)?

        public init(
            name: String, survey: String, period: TimeWindow, sdcs: String,
            field: (width: Double, height: Double)? = nil
        ) {
            self.name = name
            self.survey = survey
            self.period = period
            self.sdcs = sdcs
            self.field = field
        }
    }

    /// What was guessed, one line each: `columns.start: start_utc`.
    public let guesses: [String]
    /// The request's text.
    public let plan: String

    /// Looks into the survey file.
    ///
    /// - Throws: `IngestionError` with each field that no column fits, or why the file cannot
    ///   be read.
    public init(_ request: Request) throws(IngestionError) {
        let faults = FaultLog(file: request.survey)
        let sample = SurveySample(path: request.survey, faults: faults)
        let columns = sample.flatMap { sample in
            sample.format == .rsd ? nil : ColumnGuess(sample, faults: faults).mapping()
        }
        guard let sample, faults.isEmpty else { throw IngestionError(.noDraft, faults.diagnostics) }
        let survey = request.name.split(separator: "-").first.map(String.init) ?? request.name
        let (size, source) = Self.field(request, sample.format, columns)
        let scale = Self.scale(sample, columns)
        let grid = max(size.0, size.1) < 2 ? "mer" : "{step: 2.0, margin: 0.1}"
        guesses =
            [
                "survey.id: \(survey), from the case's name",
                "survey.format: \(sample.format.rawValue), because \(sample.evidence)",
            ] + (columns.map { Self.told($0, sample) } ?? [])
            + (scale.map { ["survey.scale: \($0.scale.rawValue), \($0.reason)"] } ?? []) + [
                "survey.field: \(PlainText.number(size.0)) x \(PlainText.number(size.1)) degrees, \(source)",
                "tiles.grid: \(grid), by the size of the field",
                "processing, balance: ASSUMED, those of the sample cases",
            ]
        plan = Self.text(
            request, survey: survey, format: sample.format, columns: columns, size: size,
            scale: scale?.scale, grid: grid)
    }

    /// The scale of the times, where the table's names say that it is not UTC.
    private static func scale(
        _ sample: SurveySample, _ columns: ColumnMapping?
    ) -> (scale: TimeScale, reason: String)? {
        guard let columns else { return nil }
        if sample.format == .sqlite, columns.isOpsim {
            return (.tai, "by which Rubin's opsim means \(columns.start)")
        }
        let isSaid = sample.format == .ecsv
        guard !isSaid, ScaleWords.ofName(columns.start) == "TAI" else { return nil }
        return (.tai, "by the name of \(columns.start)")
    }

    /// The size of an observation's field, and where it comes from.
    private static func field(
        _ request: Request, _ format: SurveyFormat, _ columns: ColumnMapping?
    ) -> (size: (Double, Double), source: String) {
        if let field = request.field { return ((field.width, field.height), "as asked for") }
        if format == .rsd { return ((0.74, 0.76), "Euclid's joint field") }
        if columns?.isOpsim == true {
            return ((3.5, 3.5), "Rubin's field")
        }
        return ((1, 1), "ASSUMED: give --field")
    }

    private static func told(_ columns: ColumnMapping, _ sample: SurveySample) -> [String] {
        let table = sample.table.isEmpty ? [] : ["survey.columns.table: \(sample.table)"]
        return table
            + columns.names.map { key, column in
                let place = sample.columns.firstIndex(of: column)
                let example = place.flatMap { sample.rows.first?[$0] } ?? ""
                return "survey.columns.\(key): \(column), whose first value is \"\(example)\""
            }
    }

    private static func text(
        _ request: Request, survey: String, format: SurveyFormat, columns: ColumnMapping?,
        size: (Double, Double), scale: TimeScale?, grid: String
    ) -> String {
        let file = quoted((request.survey as NSString).lastPathComponent)
        let mapping =
            (columns.map { "\n  columns: {\(entries($0))}" } ?? "")
            + (scale.map { "\n  scale: \($0.rawValue)                  # of the times" } ?? "")
        return """
            # Made from a survey file.  What is marked ASSUMED was not in it.
            name: \(quoted(request.name))
            survey:
              id: \(quoted(survey))
              file: \(file)
              format: \(format.rawValue)\(mapping)
              field: {width: \(PlainText.number(size.0)), height: \(PlainText.number(size.1))}   # degrees
            sdcs: \(quoted(request.sdcs))
            tiles:
              grid: \(grid)
            period: {start: \(request.period.start), end: \(request.period.end)}
            bucket: 7                    # days
            processing:                  # ASSUMED: core-hours, TB, days
              observation: {work: 2000, volume: 0.045, latency: 1.0}
              tile: {work: 4500, volume: 0.120}
            balance: {work: 0.05, observations: 0.10, storage: 0.05, gap: 4}

            """
    }

    private static func entries(_ columns: ColumnMapping) -> String {
        let id = columns.id.map(quoted)
        let name = id.count == 1 ? id[0] : "[\(id.joined(separator: ", "))]"
        var entries = ["id: \(name)"]
        entries += columns.names.filter { $0.key != "id" }.map { "\($0.key): \(quoted($0.column))" }
        if columns.table != "observations" { entries.append("table: \(quoted(columns.table))") }
        return entries.joined(separator: ", ")
    }

    /// A YAML scalar that reads back as this text.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == 95 || byte == 45 || byte == 46 || byte == 47
        }
        let startsWithLetter = text.first?.isLetter == true || text.hasPrefix("..")
        let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        if isPlain, startsWithLetter, !words.contains(text.lowercased()) { return text }
        let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
            .replacingOccurrences(of: "\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
