import Documents
public import Foundation
public import Workflows

/// A run's file of Euclid's pipeline runner (ISF): lines of `key = value`, one file for each input
/// port and where things are.
///
/// A value of `None` is an input without a file.  Empty lines, and those that begin with `#`, say
/// nothing.
public struct EuclidRunFile: Hashable, Sendable {
    /// The file of each input port; `nil` where it has none.
    public private(set) var inputs: [String: String?] = [:]
    /// Folder in which the payloads work.
    public private(set) var workFolder: String?
    /// Folder of their logs.
    public private(set) var logFolder: String?
    /// Folder of Package Definitions.
    public private(set) var packages: String?
    /// Folder of Pipeline Scripts.
    public private(set) var scripts: String?
    /// The release of the pipelines' software that is wanted.
    public private(set) var release: String?

    /// - Throws: `WorkflowError` with all faults, or where the file cannot be read.
    public init(contentsOf path: String) throws(WorkflowError) {
        self = try EuclidRunFile(try AuthorsFile.bytes(of: path), file: path)
    }

    /// - Throws: `WorkflowError` with all faults.
    public init(_ data: Data, file: String) throws(WorkflowError) {
        var faults: [Diagnostic] = []
        var lines: [String: Int] = [:]
        let text = String(decoding: data, as: UTF8.self)
        for (count, line) in AuthorsFile.lines(of: text).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            func fault(_ found: String, _ expected: String) {
                faults.append(
                    Diagnostic(
                        file: file, place: .line(count + 1), found: found, expected: expected))
            }
            guard let sign = line.firstIndex(of: "=") else {
                fault("\"\(line)\"", "KEY = VALUE")
                continue
            }
            let key = line[..<sign].trimmingCharacters(in: .whitespaces)
            let value = line[line.index(after: sign)...].trimmingCharacters(in: .whitespaces)
            guard !key.isEmpty else {
                fault("no key", "KEY = VALUE")
                continue
            }
            if let first = lines.updateValue(count + 1, forKey: key) {
                fault("\(key) again, after line \(first)", "each key once")
                continue
            }
            set(key, value)
        }
        guard faults.isEmpty else { throw WorkflowError(.badRunFile, file: file, faults) }
    }

    private mutating func set(_ key: String, _ value: String) {
        let given: String? = value.isEmpty || value == "None" ? nil : value
        switch key {
        case "workdir": workFolder = given
        case "logdir": logFolder = given
        case "pkgRepository": packages = given
        case "pipelineDir": scripts = given
        case "edenVersion": release = given
        default: inputs.updateValue(given, forKey: key)
        }
    }
}
