/// Reads CSV and ECSV record by record: files, decompressed where the name ends in `.gz`, or texts
/// in memory.
///
/// Fields follow RFC 4180, in the line of names as in the records.  Lines that begin with `#`
/// before the names are comments; behind the names such a line is a record, unless it is a remark
/// with less than a record's fields and a space after the sign.  Blank lines are skipped, as is a
/// byte order mark before the first line or the names.  A text whose first line is `# %ECSV` has
/// the delimiter, types, units and descriptions of its YAML header; others are cut at commas where
/// the line of names has one, else at spaces.
///
/// ```swift
/// var table = try TableReader(path: "observations.csv.gz")
/// var row = TableRow()
/// while try table.next(&row) { print(row.line, row.text(0)) }
/// ```
public struct TableReader: ~Copyable {
    /// In the file's order; types, units and descriptions only where it is ECSV.  Names may be
    /// empty, or the same for several.
    public let columns: [Column]
    /// What an ECSV file says of its columns; `nil` for CSV.
    public let header: ECSVHeader?
    /// Line of the file that names the columns.
    public let headerLine: Int
    private var scanner: RecordScanner
    private var record = 0

    /// Opens a file and reads its header.
    ///
    /// - Throws: `TableError` where it cannot be opened, is no UTF-8 or has no usable header.
    public init(path: String) throws(TableError) {
        let stream = try ByteStream(path: path)
        try self.init(stream)
    }

    /// Reads the header of a text in memory, which faults call `name`.
    ///
    /// - Throws: `TableError` as for a file.
    public init(_ bytes: some Collection<UInt8>, name: String) throws(TableError) {
        let stream = try ByteStream(bytes: bytes, name: name)
        try self.init(stream)
    }

    private init(_ stream: ByteStream) throws(TableError) {
        var scanner = RecordScanner(stream)
        let head: Head
        do throws(TableError) {
            head = try Head(&scanner)
        } catch {
            throw error
        }
        header = head.header
        headerLine = head.line
        columns = head.columns
        scanner.width = head.columns.count
        self.scanner = scanner
    }

    /// What stands before the records.
    private struct Head {
        let header: ECSVHeader?
        let line: Int
        let columns: [Column]

        init(_ scanner: inout RecordScanner) throws(TableError) {
            let path = scanner.path
            let comments = try scanner.comments()
            do {
                header = try ECSVHeader(comments: comments)
            } catch {
                throw TableError(
                    .badHeader, path: path, line: error.line, found: error.found,
                    expected: error.expected)
            }
            line = scanner.line
            guard let (bytes, hasComma) = try scanner.rawRecord() else {
                throw TableError(
                    .badHeader, path: path, found: "an empty file",
                    expected: "a line of column names")
            }
            scanner.delimiter = header?.delimiter ?? UInt8(ascii: hasComma ? "," : " ")
            let names = try TableReader.names(
                bytes, delimiter: scanner.delimiter, path: path, line: line)
            let known = header?.columns.map(\.column)
            if let known, known.map(\.name) != names {
                throw TableError(
                    .badHeader, path: path, line: line,
                    found: "columns \(names.joined(separator: ", "))",
                    expected: "those of the ECSV header: "
                        + known.map(\.name).joined(separator: ", "))
            }
            columns = known ?? names.map { Column($0) }
        }
    }

    /// The places of the columns of a name; more than one where several share it.
    public func places(of name: String) -> [Int] {
        columns.indices.filter { columns[$0].name == name }
    }

    /// The place of a column by its name; `nil` where the table has none such, or several.
    public func index(of name: String) -> Int? {
        let places = places(of: name)
        return places.count == 1 ? places[0] : nil
    }

    /// Reads the next record into `row`; `false` at the end of the text.
    ///
    /// - Throws: `TableError`; after one with the code `badRecord` the next call reads the
    ///   record after it.
    public mutating func next(_ row: inout TableRow) throws(TableError) -> Bool {
        record += 1
        row.record = record
        guard try scanner.next(&row) else { return false }
        guard row.count == columns.count else {
            throw TableError(
                .badRecord, path: scanner.path, line: row.line, found: "\(row.count) fields",
                expected: "\(columns.count)")
        }
        return true
    }

    /// The names in the header line, without the spaces around them.
    private static func names(
        _ bytes: [UInt8], delimiter: UInt8, path: String, line: Int
    ) throws(TableError) -> [String] {
        var scanner = RecordScanner(try ByteStream(bytes: bytes, name: path))
        scanner.delimiter = delimiter
        var row = TableRow()
        do {
            guard try scanner.next(&row) else { return [""] }
        } catch {
            throw TableError(
                .badHeader, path: path, line: line, found: error.found, expected: error.expected)
        }
        return (0..<row.count).map { oneLine(row.text($0)) }
    }

    /// A name on one line, without the spaces around it: a line break within it is a space.
    public static func oneLine(_ name: String) -> String {
        name.split(omittingEmptySubsequences: true) { $0.isNewline }
            .map { line in
                let start = line.firstIndex { $0 != " " } ?? line.endIndex
                let end = line.lastIndex { $0 != " " }.map(line.index(after:)) ?? start
                return line[start..<end]
            }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}
