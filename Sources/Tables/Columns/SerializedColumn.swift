import Yams

/// A column that astropy keeps with more than ECSV's own columns can say, as its header has it
/// below `__serialized_columns__`: a class, its attributes, and the file's columns with the values.
///
/// A time has the class `astropy.time.core.Time`, the attributes `format` and `scale`, and the
/// part `value`, or the parts `jd1` and `jd2`.
public struct SerializedColumn: Hashable, Sendable {
    /// The name in the table; of a part, that of the column of the file that holds it.
    public let name: String
    /// Its class, with or without the modules before it: `astropy.time.core.Time`; empty where the
    /// part is a column of the file and no more.
    public let type: String
    /// `format`, `scale`, `unit`, `frame`.
    public let attributes: [String: String]
    /// `value`, `jd1`, `ra`: each a column of the file or, again, something that is made of some.
    public let parts: [String: SerializedColumn]
    /// Line of the file that describes it.
    public let line: Int

    /// No more parts than these are within each other.
    private static let deepest = 8

    /// - Parameter offset: what is added to the YAML's lines for those of the file.
    init(_ node: Node, name: String, offset: Int, depth: Int = 0) {
        line = (node.mark?.line ?? 1) + offset
        var attributes: [String: String] = [:]
        var parts: [String: SerializedColumn] = [:]
        for (key, value) in ECSVHeader.entries(node) where key != "__class__" {
            if let text = value.scalar?.string {
                attributes[key] = text
            } else if key == "unit" {
                attributes[key] = value["unit"]?.string ?? "?"
            } else if Self.isPart(value), depth < Self.deepest {
                parts[key] = SerializedColumn(
                    value, name: value["name"]?.string ?? "", offset: offset, depth: depth + 1)
            }
        }
        let tag = node.tag.description
        let isOfClass = tag.hasPrefix("!astropy") && !tag.hasSuffix(".SerializedColumn")
        type = node["__class__"]?.string ?? (isOfClass ? String(tag.dropFirst()) : "")
        self.name = TableReader.oneLine(name)
        self.attributes = attributes
        self.parts = parts
    }

    private static func isPart(_ node: Node) -> Bool {
        node.tag.description.hasSuffix(".SerializedColumn") || node["__class__"] != nil
    }

    /// The class without its modules: `Time`.
    public var kind: Substring { type.split(separator: ".").last ?? "" }

    /// The columns of the file that it is made of.
    public var columns: Set<String> {
        parts.isEmpty ? [name] : parts.values.reduce(into: []) { $0.formUnion($1.columns) }
    }
}
