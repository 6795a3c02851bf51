import Documents
import Foundation
public import GroundSegment

extension SiteEnvironment {
    /// What an SDC's description (YAML) says in its mapping `site`; `nil` where it says nothing.
    ///
    /// ```yaml
    /// site:
    ///   environment:
    ///     sourcingScripts:          # of each release, sourced in this order
    ///       Eden-3.0: [/cvmfs/euclid.in2p3.fr/EDEN-3.0/bin/activate]
    ///     repository: /cvmfs/euclid.in2p3.fr
    ///     revisions:                # of its catalogue, from which on a release is there
    ///       Eden-3.0: 1234
    /// ```
    /// - Throws: `ExecutionError` of code `badSite` with all faults.
    public static func read(_ text: String, file: String) throws -> SiteEnvironment? {
        let faults = FaultLog(file: file)
        let site = DocumentObject(text, faults: faults)?.object("site", required: false)
        let environment = site?.object("environment", required: false).map {
            read($0)
        }
        guard faults.isEmpty else {
            throw ExecutionError(
                .badSite, "\(file): \(faults.diagnostics.count) faults",
                diagnostics: faults.diagnostics)
        }
        return environment
    }

    /// That of the description of an SDC in a folder (`ID.yaml`).
    public static func read(folder: String, sdc: ID<SDC>) throws -> SiteEnvironment? {
        let file = "\(folder)/\(sdc).yaml"
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        return try read(String(decoding: data, as: UTF8.self), file: file)
    }

    private static func read(_ document: DocumentObject) -> SiteEnvironment {
        document.check(keys: ["sourcingScripts", "repository", "revisions"])
        var environment = SiteEnvironment()
        let path = "an absolute path"
        if let repository = document.optionalText("repository", expected: path) {
            if !repository.hasPrefix("/") { document.fault("repository", expected: path) }
            environment.repository = repository
        }
        let scripts = document.object("sourcingScripts", required: false)
        for field in scripts?.fields ?? [] {
            guard let scripts else { continue }
            let name = field.name
            let isList = scripts.isList(name)
            let paths =
                isList
                ? scripts.list(name).enumerated().compactMap { index, value in
                    scripts.text(value, at: "\(scripts.path).\(name)[\(index)]", expected: path)
                } : [scripts.text(name, expected: path)].compactMap { $0 }
            if paths.contains(where: { !$0.hasPrefix("/") }) {
                scripts.fault(name, expected: isList ? "absolute paths" : path)
            }
            environment.scripts[name] = paths
        }
        let revisions = document.object("revisions", required: false)
        for field in revisions?.fields ?? [] {
            environment.revisions[field.name] = revisions?.count(field.name, in: 1...Int.max)
        }
        if !environment.revisions.isEmpty, environment.repository == nil {
            document.fault("repository", expected: "\(path), as there are revisions")
        }
        return environment
    }
}
