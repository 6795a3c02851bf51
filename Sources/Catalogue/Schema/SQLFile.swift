/// A file of statements, each below a line `-- name: NAME`.
///
/// What else begins with `--` at the start of a line explains, and is not sent to the server.
struct SQLFile: Sendable {
    private let statements: [String: String]

    /// - Parameter bytes: the file, as it was built into the program.
    init(_ bytes: [UInt8]) {
        var statements: [String: String] = [:]
        var name = ""
        var lines: [Substring] = []
        func end() {
            let body = lines.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed()
            if !name.isEmpty { statements[name] = body.joined(separator: "\n") }
            lines = []
        }
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(Self.mark) {
                end()
                name = String(line.dropFirst(Self.mark.count))
            } else if !line.hasPrefix("--") {
                lines.append(line)
            }
        }
        end()
        self.statements = statements
    }

    private static let mark = "-- name: "

    /// The names of the statements.
    var names: Set<String> { Set(statements.keys) }

    /// The statement of that name, which the file has to have.
    subscript(name: String) -> String {
        guard let statement = statements[name] else {
            preconditionFailure("no statement is named \(name)")
        }
        return statement
    }
}
