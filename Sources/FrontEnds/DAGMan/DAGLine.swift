import Foundation

/// A command of a DAGMan input file: its words, quotes taken off.
struct DAGLine {
    let words: [String]
    let file: String
    let line: Int
    private let text: String

    /// What is wrong with a command.
    struct Fault: Error {
        let found: String
        let expected: String
    }

    init(_ text: String, file: String, line: Int) {
        self.text = text
        self.file = file
        self.line = line
        words = text.matches(of: /"([^"]*)"|[^\s"]+/).map { match in
            match.1.map(String.init) ?? String(match.0)
        }
    }

    var folder: String {
        let folder = (file as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    func word(_ place: Int) -> String? { words.indices.contains(place) ? words[place] : nil }

    func need(_ place: Int, _ what: String) throws(Fault) -> String {
        guard let word = word(place) else {
            throw Fault(found: "\(words[0]) without \(what)", expected: what)
        }
        return word
    }

    func integer(_ place: Int, in range: ClosedRange<Int>) throws(Fault) -> Int {
        let word = try need(place, "a number")
        guard let number = Int(word), range.contains(number) else {
            throw Fault(
                found: "\(word) of \(words[0])",
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Assignments such as `name="value"`, in which `\"` is a quote and `\\` a backslash.
    func values(from place: Int) throws(Fault) -> [String: String] {
        var values: [String: String] = [:]
        let pattern = /([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"/
        for match in text.matches(of: pattern) {
            values[String(match.1)] = String(match.2)
                .replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
        }
        guard !values.isEmpty else { throw Fault(found: "VARS", expected: "NAME=\"VALUE\"") }
        return values
    }

    /// A file as it is named here.
    func path(_ name: String, _ folder: String?) -> String {
        name.hasPrefix("/") ? name : "\(folder ?? self.folder)/\(name)"
    }
}
