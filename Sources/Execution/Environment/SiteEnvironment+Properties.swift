import Documents
import Foundation

extension SiteEnvironment {
    private static let prefix = "environment.sourcingScripts."

    /// The scripts that a file of properties of Euclid's pipeline runner says for each release:
    /// `environment.sourcingScripts.RELEASE=PATH,PATH`; its other keys say nothing here.
    ///
    /// - Throws: `ExecutionError` of code `badSite` with all faults.
    public init(properties text: String, file: String) throws {
        self.init()
        var faults: [Diagnostic] = []
        for (place, line) in text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard line.hasPrefix(Self.prefix) else { continue }
            func fault(_ found: String, _ expected: String) {
                faults.append(
                    Diagnostic(
                        file: file, place: .line(place + 1), found: found, expected: expected))
            }
            let rest = line.dropFirst(Self.prefix.count)
            guard let sign = rest.firstIndex(of: "=") else {
                fault(String(rest), "RELEASE=PATH")
                continue
            }
            let release = rest[..<sign].trimmingCharacters(in: .whitespaces)
            let paths = rest[rest.index(after: sign)...].split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if release.isEmpty || scripts[release] != nil {
                fault("release \"\(release)\"", "a release, each once")
            } else if paths.isEmpty || paths.contains(where: { !$0.hasPrefix("/") }) {
                fault("\"\(paths.joined(separator: ","))\"", "absolute paths")
            } else {
                scripts[release] = paths
            }
        }
        if scripts.isEmpty, faults.isEmpty {
            faults = [Diagnostic(file: file, found: "no \(Self.prefix)*", expected: "one at least")]
        }
        guard faults.isEmpty else {
            throw ExecutionError(
                .badSite, "\(file): \(faults.count) faults", diagnostics: faults)
        }
    }

    /// What belongs below `site:` of an SDC's description, as YAML.
    public var text: String {
        var lines = ["environment:", "  sourcingScripts:"]
        for (release, paths) in scripts.sorted(by: { $0.key < $1.key }) {
            lines.append("    \(JSONText.quoted(release)): \(JSONValue.list(paths).encoded)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
