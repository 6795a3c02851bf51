import Documents
import Foundation

/// What a submit description asks for (condor_submit(1)): one job, of a program and its arguments.
///
/// Files are taken to be on a disk that all hosts share: what is to be transferred is there.
struct SubmitDescription {
    var program = ""
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var folder: String?
    var output: String?
    var error: String?
    var cores = 1
    /// MiB.
    var memory: Int?
    /// MiB.
    var disk: Int?
    var gpus = 0
    /// Seconds.
    var walltime: Int?

    /// - Parameters:
    ///   - values: what `$(NAME)` stands for besides the description's own assignments.
    ///   - faults: gets all that is wrong.
    init(_ path: String, values: [String: String], faults: inout [Diagnostic]) {
        guard let text = AuthorsFile.lines(of: path, faults: &faults) else { return }
        var macros = Dictionary(values.map { ($0.lowercased(), $1) }) { first, _ in first }
        var lines: [String: Int] = [:]
        for (count, line) in text.enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            func fault(_ found: String, _ expected: String) {
                faults.append(
                    Diagnostic(
                        file: path, place: .line(count + 1), found: found, expected: expected))
            }
            let words = line.split(separator: " ")
            if words.first?.lowercased() == "queue" {
                if words.count > 1, words[1] != "1" { fault(line, "queue, of one job") }
                break
            }
            guard let sign = line.firstIndex(of: "=") else {
                fault("\"\(line)\"", "NAME = VALUE")
                continue
            }
            let key = line[..<sign].trimmingCharacters(in: .whitespaces).lowercased()
            let value = line[line.index(after: sign)...].trimmingCharacters(in: .whitespaces)
            lines[key] = count + 1
            macros[key] = value
        }
        macros["dollar"] = Self.dollar
        let expanded = macros.mapValues {
            Self.expand($0, macros).replacing(Self.dollar, with: "$")
        }
        take(expanded) { key, found, expected in
            faults.append(
                Diagnostic(
                    file: path, place: lines[key].map(Diagnostic.Place.line), field: key,
                    found: found, expected: expected))
        }
    }

    /// What stands for `$(DOLLAR)` until nothing is expanded any more.
    private static let dollar = "\u{0}"

    /// A text with what `$(NAME)` and `$(NAME:DEFAULT)` stand for.
    static func expand(_ text: String, _ macros: [String: String], depth: Int = 0) -> String {
        guard depth < 20, text.contains("$(") else { return text }
        let replaced = text.replacing(/\$\((\w+)(?::([^)]*))?\)/) { match in
            macros[match.1.lowercased()] ?? match.2.map(String.init) ?? ""
        }
        return replaced == text ? text : expand(replaced, macros, depth: depth + 1)
    }

    private mutating func take(
        _ values: [String: String], _ fault: (_ key: String, String, String) -> Void
    ) {
        if let universe = values["universe"]?.lowercased(),
            !["vanilla", "local", "scheduler"].contains(universe)
        {
            fault("universe", universe, "vanilla, local or scheduler")
        }
        for key in ["container_image", "docker_image"] where values[key] != nil {
            fault(key, "a container", "a program of the host")
        }
        if let given = values["executable"], !given.isEmpty {
            program = given
        } else {
            fault("executable", "nothing", "a program")
        }
        if let given = values["arguments"] {
            if let words = Self.words(given) {
                arguments = words
            } else {
                fault("arguments", given, "words, or words in double quotes")
            }
        }
        if let given = values["environment"] {
            let pairs =
                given.hasPrefix("\"")
                ? Self.words(given) ?? [] : given.split(separator: ";").map(String.init)
            for pair in pairs {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                if parts.count == 2 { environment[parts[0]] = parts[1] }
            }
        }
        (folder, output, error) = (values["initialdir"], values["output"], values["error"])
        cores = amount("request_cpus", values, unit: 1, fault) ?? 1
        memory = amount("request_memory", values, unit: 1_048_576, fault)
        disk = amount("request_disk", values, unit: 1024, fault).map { max(1, $0 >> 10) }
        gpus = amount("request_gpus", values, unit: 1, fault) ?? 0
        walltime = amount("allowed_execute_duration", values, unit: 1, fault)
    }

    /// A request: a number, or one with a suffix of bytes.
    ///
    /// - Parameter unit: of a number without a suffix, in bytes; 1 where it is a count.
    private func amount(
        _ key: String, _ values: [String: String], unit: Double,
        _ fault: (String, String, String) -> Void
    ) -> Int? {
        guard let text = values[key] else { return nil }
        let factors: [String: Double] = [
            "K": 1024, "M": 1_048_576, "G": 1_073_741_824, "T": 1_099_511_627_776,
        ]
        guard let match = text.wholeMatch(of: /(\d+(?:\.\d+)?)\s*(?:([KMGT])B?)?/.ignoresCase()),
            let number = Double(match.1), unit > 1 || match.2 == nil
        else {
            fault(key, text, "a number" + (unit > 1 ? ", or one with KB, MB, GB or TB" : ""))
            return nil
        }
        let bytes = match.2.flatMap { factors[$0.uppercased()] } ?? unit
        return Int(min(1e9, (number * bytes / unit).rounded(.up)))
    }

    /// The words of an argument line: in double quotes, spaces within single quotes belong to a
    /// word, and both quotes are written twice to be meant (condor_submit(1), "arguments").
    static func words(_ text: String) -> [String]? {
        guard text.hasPrefix("\"") else { return text.split(separator: " ").map(String.init) }
        guard text.count > 1, text.hasSuffix("\"") else { return nil }
        let inner = Array(text.dropFirst().dropLast().replacing("\"\"", with: "\""))
        var words: [String] = []
        var word: String?
        var isQuoted = false
        var place = 0
        while place < inner.count {
            let letter = inner[place]
            if letter == "'" {
                if isQuoted, place + 1 < inner.count, inner[place + 1] == "'" {
                    word = (word ?? "") + "'"
                    place += 1
                } else {
                    isQuoted.toggle()
                    word = word ?? ""
                }
            } else if letter == " ", !isQuoted {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(letter)
            }
            place += 1
        }
        if let whole = word { words.append(whole) }
        return isQuoted ? nil : words
    }
}
