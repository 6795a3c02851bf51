import Yams

/// What an ECSV header says of a column of its file.
public struct ECSVColumn: Hashable, Sendable {
    public let column: Column
    /// As the header has it: `float64`, `string`.
    public let datatype: String
    /// Of a column of lists, arrays or objects: `json`, `int64[2]`; `nil` where values are plain.
    public let subtype: String?
    /// Its metadata as far as they are scalars.
    public let meta: [String: String]
    /// Line of the file that describes it.
    public let line: Int

    /// Reads an entry of `datatype`.
    ///
    /// - Parameter offset: what is added to the YAML's lines for those of the file.
    init(_ node: Node, offset: Int) throws(ECSVHeader.Fault) {
        line = (node.mark?.line ?? 1) + offset
        guard let name = node["name"]?.string else {
            throw ECSVHeader.Fault(
                line: line, found: "a column of the ECSV header without name", expected: "its name")
        }
        let unit = try Self.unit(node["unit"], of: name, line: line)
        guard let datatype = node["datatype"]?.string, Self.datatypes.contains(datatype) else {
            throw ECSVHeader.Fault(
                line: line,
                found: "datatype \(node["datatype"]?.string ?? "nothing") of the column \(name)",
                expected: "one of: \(Self.datatypes.joined(separator: ", "))")
        }
        self.datatype = datatype
        subtype = node["subtype"]?.string
        meta = ECSVHeader.scalars(ECSVHeader.entries(node["meta"]))
        column = Column(
            TableReader.oneLine(name), unit: unit, ucd: meta["ucd"] ?? "",
            description: node["description"]?.string ?? "", type: Self.type(datatype))
    }

    private static let datatypes = [
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
        "float32", "float64", "float128", "complex64", "complex128", "complex256", "string",
    ]

    /// A unit is a text, or `!astropy.units.Unit {unit: deg}`.
    static func unit(_ node: Node?, of column: String, line: Int) throws(ECSVHeader.Fault) -> String
    {
        guard let node, node.null == nil else { return "" }
        guard let unit = node.string ?? node["unit"]?.string else {
            throw ECSVHeader.Fault(
                line: line, found: "a unit of the column \(column) that is no text",
                expected: "its name")
        }
        return unit
    }

    private static func type(_ datatype: String) -> ColumnType {
        switch datatype {
        case let name where name.hasPrefix("int") || name.hasPrefix("uint"): .integer
        case let name where name.hasPrefix("float"): .real
        case "bool": .boolean
        default: .text
        }
    }
}
