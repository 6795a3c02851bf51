/// Reads CSV and ECSV files record by record, decompressing where the name ends in `.gz`.
///
/// Fields follow RFC 4180, lines that begin with `#` are comments, blank lines are skipped.  A
/// file whose first line is `# %ECSV` has the delimiter, types, units and descriptions of its
/// YAML header; others are cut at commas where the line of names has one, else at spaces.
///
/// ```swift
/// var table = try TableReader(path: "observations.csv.gz")
/// var row = TableRow()
/// while try table.next(&row) { print(row.line, row.text(0)) }
/// ```
public struct TableReader: ~Copyable {
    public let columns: [Column]
    /// Line of the file that names the columns.
    public let headerLine: Int
    private var scanner: RecordScanner
    private var record = 0

    /// Opens a file and reads its header.
    ///
    /// - Throws: `TableFailure` where it cannot be opened or has no usable header.
    public init(path: String) throws(TableFailure) {
        var scanner = try RecordScanner(path: path)
        let comments = try Self.comments(&scanner)
        var line = scanner.line
        var text = try scanner.rawLine()
        while text?.isEmpty == true {
            line = scanner.line
            text = try scanner.rawLine()
        }
        guard var names = text else {
            throw TableFailure(
                .badHeader, path: path, found: "an empty file", expected: "a line of column names")
        }
        if names.starts(with: [0xEF, 0xBB, 0xBF]) { names.removeFirst(3) }
        let header: ECSVHeader?
        do {
            header = try ECSVHeader(comments: comments)
        } catch {
            throw TableFailure(
                .badHeader, path: path, line: 1, found: error.found, expected: error.expected)
        }
        let comma = UInt8(ascii: ",")
        let delimiter = header?.delimiter ?? (names.contains(comma) ? comma : UInt8(ascii: " "))
        scanner.delimiter = delimiter
        let columns = try Self.columns(
            Self.names(names, delimiter: delimiter), header: header, path: path, line: line)
        self.columns = columns
        headerLine = line
        self.scanner = scanner
    }

    /// The place of a column by its name; `nil` where the table has none such.
    public func index(of name: String) -> Int? {
        columns.firstIndex { $0.name == name }
    }

    /// Reads the next record into `row`; `false` at the end of the file.
    ///
    /// - Throws: `TableFailure`; after one with the code `badRecord` the next call reads the
    ///   record after it.
    public mutating func next(_ row: inout TableRow) throws(TableFailure) -> Bool {
        record += 1
        row.record = record
        guard try scanner.next(&row) else { return false }
        guard row.count == columns.count else {
            throw TableFailure(
                .badRecord, path: scanner.path, line: row.line, found: "\(row.count) fields",
                expected: "\(columns.count)")
        }
        return true
    }

    /// The comment lines before the names.
    private static func comments(_ scanner: inout RecordScanner) throws(TableFailure) -> [String] {
        var lines: [String] = []
        while try scanner.isAtComment(), let line = try scanner.rawLine() {
            lines.append(String(decoding: line, as: UTF8.self))
        }
        return lines
    }

    /// The names in the header line; quotes around a name are removed.
    private static func names(_ line: [UInt8], delimiter: UInt8) -> [String] {
        line.split(separator: delimiter, omittingEmptySubsequences: delimiter == 32).map { field in
            var name = String(decoding: field, as: UTF8.self)
            while name.hasPrefix(" ") { name.removeFirst() }
            while name.hasSuffix(" ") { name.removeLast() }
            if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
                name = String(name.dropFirst().dropLast())
            }
            return name
        }
    }

    private static func columns(
        _ names: [String], header: ECSVHeader?, path: String, line: Int
    ) throws(TableFailure) -> [Column] {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw TableFailure(
                .badHeader, path: path, line: line, found: "two columns \"\(name)\"",
                expected: "each name once")
        }
        guard let header else { return names.map { Column($0) } }
        guard header.columns.map(\.name) == names else {
            throw TableFailure(
                .badHeader, path: path, line: line,
                found: "columns \(names.joined(separator: ", "))",
                expected: "those of the ECSV header: "
                    + header.columns.map(\.name).joined(separator: ", "))
        }
        return header.columns
    }
}
