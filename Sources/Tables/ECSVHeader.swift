import Yams

/// The YAML header of an Enhanced CSV file (APE 6, https://github.com/astropy/astropy-APEs).
struct ECSVHeader {
    let columns: [Column]
    let delimiter: UInt8

    /// What is wrong with a header.
    struct Fault: Error {
        let found: String
        let expected: String
    }

    /// The header in the comment lines before the column names; `nil` where there is none.
    init?(comments: [String]) throws(Fault) {
        guard let first = comments.first, first.hasPrefix("# %ECSV") else { return nil }
        let yaml = comments.dropFirst().filter { $0.hasPrefix("# ") }.map { $0.dropFirst(2) }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml.joined(separator: "\n"))
        } catch {
            throw Fault(found: "an ECSV header that is no YAML", expected: "YAML after \"# \"")
        }
        guard let nodes = root?["datatype"]?.sequence else {
            throw Fault(found: "an ECSV header without datatype", expected: "a list of columns")
        }
        delimiter = try Self.delimiter(root?["delimiter"]?.string)
        var columns: [Column] = []
        for node in nodes {
            guard let name = node["name"]?.string else {
                throw Fault(found: "a column of the ECSV header without name", expected: "its name")
            }
            columns.append(
                Column(
                    name, unit: node["unit"]?.string ?? "", ucd: node["meta"]?["ucd"]?.string ?? "",
                    description: node["description"]?.string ?? "",
                    type: Self.type(node["datatype"]?.string ?? "string")))
        }
        self.columns = columns
    }

    private static func delimiter(_ text: String?) throws(Fault) -> UInt8 {
        switch text {
        case nil, " ": return UInt8(ascii: " ")
        case ",": return UInt8(ascii: ",")
        case .some(let other):
            throw Fault(found: "delimiter \"\(other)\"", expected: "a comma or a space")
        }
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
