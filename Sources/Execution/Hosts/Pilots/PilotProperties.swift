public import Documents

/// The pilots of Euclid's pipeline runner (its file of properties, `KEY=VALUE` a line) as those of
/// an SDC's description.
public struct PilotProperties: Sendable {
    public private(set) var faults: [Diagnostic] = []
    /// What is said there and says nothing here, a line each.
    public private(set) var remarks: [String] = []
    private let file: String
    /// Classes and their settings, in the file's order.
    private var classes: [(name: String, settings: [(key: String, value: String)])] = []
    private var pilots: [(key: String, value: String)] = []
    private var batch: [(key: String, value: String)] = []

    /// - Parameter file: its name in diagnostics.
    public init(_ text: String, file: String) {
        self.file = file
        for (place, line) in text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            read(String(line), at: place + 1)
        }
        for (name, settings) in classes {
            for key in ["cores", "memory", "walltime"]
            where !settings.contains(where: { $0.key == key }) {
                fault(
                    0, "\(Self.prefix)\(name)", found: "no \(Self.theirs[key] ?? key)",
                    expected: "one")
            }
        }
        if classes.isEmpty, faults.isEmpty {
            fault(0, "\(Self.prefix)*", found: "none", expected: "pilots")
        }
    }

    private static let prefix = "pipelinerunner.pilots."
    /// Their words, by ours.
    private static let theirs = [
        "cores": "CPUcores", "memory": "rssInMB", "walltime": "walltimeInMin",
    ]

    /// What belongs below `site: batch:` of the description, as YAML.
    public var text: String {
        var lines = ["mode: pilots"]
        lines += batch.map { "\($0.key): \($0.value)" }
        lines.append("pilots:")
        lines += pilots.map { "  \($0.key): \($0.value)" }
        lines.append("  classes:")
        for (name, settings) in classes {
            lines.append("    \(name):")
            lines += settings.map { "      \($0.key): \($0.value)" }
        }
        return lines.joined(separator: "\n")
    }

    private mutating func read(_ line: String, at number: Int) {
        let line = Self.trimmed(line)
        guard !line.isEmpty, !line.hasPrefix("#"), !line.hasPrefix("!") else { return }
        guard let end = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            return fault(number, line, found: "no value", expected: "KEY=VALUE")
        }
        let key = Self.trimmed(String(line[..<end]))
        let value = Self.trimmed(String(line[line.index(after: end)...]))
        if let setting = Self.ofAll[key] {
            if let text = count(value, setting.range, key, number) {
                if setting.isBatch {
                    Self.set(&batch, setting.key, text)
                } else {
                    Self.set(&pilots, setting.key, text)
                }
            }
            return
        }
        let parts = key.dropFirst(Self.prefix.count).split(
            separator: ".", omittingEmptySubsequences: false)
        guard key.hasPrefix(Self.prefix), parts.count == 2, let name = parts.first,
            let setting = parts.last.flatMap({ Self.ofClass[String($0)] })
        else {
            remarks.append("\(file):\(number): \(key) says nothing here")
            return
        }
        guard Self.isName(name) else {
            return fault(
                number, key, found: "\"\(name)\"",
                expected: "a name of at most 24 letters, digits, hyphens and underscores")
        }
        guard let text = count(value, setting.range, key, number, times: setting.factor) else {
            return
        }
        let place = classes.firstIndex { $0.name == name } ?? classes.count
        if place == classes.count { classes.append((String(name), [])) }
        Self.set(&classes[place].settings, setting.key, text)
    }

    private static func set(
        _ settings: inout [(key: String, value: String)], _ key: String, _ value: String
    ) {
        settings.removeAll { $0.key == key }
        settings.append((key, value))
    }

    private struct Setting {
        let key: String
        let range: ClosedRange<Int>
        var factor = 1
        var isBatch = false
    }

    private static let ofClass = [
        "CPUcores": Setting(key: "cores", range: 1...1_000_000),
        "rssInMB": Setting(key: "memory", range: 1...1_000_000_000),
        "walltimeInMin": Setting(key: "walltime", range: 1...1_666_666, factor: 60),
        "maxInstances": Setting(key: "max_instances", range: 0...1_000_000),
        "maxQueued": Setting(key: "max_queued", range: 1...1_000_000),
        "starveModeInPercent": Setting(key: "starving", range: 0...100),
    ]

    private static let ofAll = [
        "pipelinerunner.pilots.updateIntervalInSec":
            Setting(key: "interval", range: 1...86_400, isBatch: true),
        "pipelinerunner.pilots.maxIdleTimeInSec": Setting(key: "idle", range: 1...10_000_000),
        "pipelinerunner.pilots.maxConnectionRetries":
            Setting(key: "retries", range: 1...1_000_000),
    ]

    private mutating func count(
        _ value: String, _ range: ClosedRange<Int>, _ key: String, _ number: Int,
        times factor: Int = 1
    ) -> String? {
        guard let count = Int(value), range.contains(count) else {
            fault(
                number, key, found: "\"\(value)\"",
                expected: "\(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return String(count * factor)
    }

    private mutating func fault(_ line: Int, _ key: String, found: String, expected: String) {
        faults.append(
            Diagnostic(
                file: file, place: line > 0 ? .line(line) : nil, field: key, found: found,
                expected: expected))
    }

    private static func isName(_ name: Substring) -> Bool {
        (1...24).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_".contains(Character($0)))
            }
    }

    private static func trimmed(_ text: String) -> String {
        String(
            text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
