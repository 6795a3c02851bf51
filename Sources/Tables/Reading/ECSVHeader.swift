import Yams

/// The YAML header of an Enhanced CSV file (APE 6, https://github.com/astropy/astropy-APEs).
public struct ECSVHeader: Hashable, Sendable {
    /// In the file's order.
    public let columns: [ECSVColumn]
    /// The columns of the table that the file holds in other columns, or with more meaning than a
    /// column has: times, quantities, positions, masked values.
    public let serialized: [SerializedColumn]
    /// The table's own metadata as far as they are scalars.
    public let meta: [String: String]
    let delimiter: UInt8

    /// What is wrong with a header.
    struct Fault: Error {
        var line = 1
        let found: String
        let expected: String
    }

    /// The header in the comment lines before the column names; `nil` where there is none.
    init?(comments: [(line: Int, bytes: [UInt8])]) throws(Fault) {
        guard try Self.isECSV(comments) else { return nil }
        let root = try Self.compose(comments)
        guard let nodes = root?["datatype"]?.sequence else {
            throw Fault(found: "an ECSV header without datatype", expected: "a list of columns")
        }
        delimiter = try Self.delimiter(root?["delimiter"])
        let offset = (comments.first?.line ?? 1) - 1
        var columns: [ECSVColumn] = []
        for node in nodes { columns.append(try ECSVColumn(node, offset: offset)) }
        self.columns = columns
        let entries = Self.entries(root?["meta"])
        meta = Self.scalars(entries)
        serialized =
            entries.filter { $0.key == "__serialized_columns__" }
            .flatMap { Self.entries($0.value) }
            .map { SerializedColumn($0.value, name: $0.key, offset: offset) }
    }

    /// Whether the first comment says ECSV; that another does is a fault.
    private static func isECSV(_ comments: [(line: Int, bytes: [UInt8])]) throws(Fault) -> Bool {
        let heads = comments.map { comment in
            (
                comment.line,
                String(decoding: comment.bytes.drop { $0 == 35 || $0 == 32 }, as: UTF8.self)
            )
        }
        guard let index = heads.firstIndex(where: { $0.1.hasPrefix("%ECSV") }) else { return false }
        let (line, text) = heads[index]
        guard index == 0 else {
            throw Fault(
                line: line, found: "# \(text) behind another comment",
                expected: "it as the first line, as ECSV has it")
        }
        let version = text.dropFirst("%ECSV".count).drop { $0 == " " }.prefix { $0 != "." }
        guard version == "0" || version == "1" else {
            throw Fault(line: line, found: "# \(text)", expected: "# %ECSV 1.0")
        }
        return true
    }

    /// The YAML below the first line; a line of the text for each of the file, so that marks tell
    /// the file's lines.
    private static func compose(_ comments: [(line: Int, bytes: [UInt8])]) throws(Fault) -> Node? {
        let first = comments.first?.line ?? 1
        var lines: [String] = []
        for (line, bytes) in comments {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Fault(line: line, found: "bytes that are no UTF-8", expected: "UTF-8 text")
            }
            while lines.count < line - first { lines.append("") }
            let isHeader = line > first && !text.hasPrefix("##")
            lines.append(isHeader ? String(text.dropFirst(text.hasPrefix("# ") ? 2 : 1)) : "")
        }
        do {
            return try Yams.compose(yaml: lines.joined(separator: "\n"))
        } catch {
            throw Fault(
                line: first, found: "an ECSV header that is no YAML",
                expected: "YAML after \"# \"")
        }
    }

    private static func delimiter(_ node: Node?) throws(Fault) -> UInt8 {
        switch node?.string {
        case nil where node == nil, " ": return UInt8(ascii: " ")
        case ",": return UInt8(ascii: ",")
        case let other:
            throw Fault(found: "delimiter \"\(other ?? "")\"", expected: "a comma or a space")
        }
    }

    /// The entries of a mapping, or of a list of mappings, which `!!omap` is.
    static func entries(_ node: Node?) -> [(key: String, value: Node)] {
        switch node {
        case .mapping(let mapping):
            mapping.compactMap { key, value in key.string.map { ($0, value) } }
        case .sequence(let list): list.filter { $0.mapping != nil }.flatMap { entries($0) }
        default: []
        }
    }

    static func scalars(_ entries: [(key: String, value: Node)]) -> [String: String] {
        Dictionary(
            entries.compactMap { key, value in value.scalar.map { (key, $0.string) } },
            uniquingKeysWith: { first, _ in first })
    }
}
