import Foundation
import Glibc
import Workflows

/// What has to be done at a site before programs of a release can run, and how to see whether the
/// release is there.
///
/// After `environment.sourcingScripts` of Euclid's pipeline runner, and the catalogue revisions of
/// CVMFS (CernVM-FS documentation, "Extended attributes").
public struct SiteEnvironment: Hashable, Sendable {
    /// The scripts of each release, which are sourced in this order; absolute paths.
    public var scripts: [String: [String]]
    /// The folder of the repository that the releases come with: `/cvmfs/NAME`.
    public var repository: String?
    /// The revision of the repository's catalogue from which on a release is there.
    public var revisions: [String: Int]

    public init(
        scripts: [String: [String]] = [:], repository: String? = nil, revisions: [String: Int] = [:]
    ) {
        self.scripts = scripts
        self.repository = repository
        self.revisions = revisions
    }

    /// The releases that it knows.
    public var releases: [String] { Set(scripts.keys).union(revisions.keys).sorted() }

    /// Why nothing of a release can ever run here; `nil` where it can, or where none is asked for.
    func refusal(ofRelease release: String) -> String? {
        guard !release.isEmpty, !releases.contains(release) else { return nil }
        return "release \(release) of the pipelines' software is unknown to this site; known are "
            + releases.joined(separator: ", ")
    }

    /// What of a release is not there now; `nil` where all is.
    public func lack(ofRelease release: String) -> String? {
        if let needed = revisions[release], let repository {
            guard let found = CatalogueRevision.of(repository) else {
                return "release \(release) needs revision \(needed) of \(repository), "
                    + "which says none"
            }
            guard found >= needed else {
                return "release \(release) needs revision \(needed) of \(repository), "
                    + "which is at \(found)"
            }
        }
        for script in scripts[release] ?? [] {
            guard access(script, R_OK) == 0 else {
                let reason = String(cString: strerror(errno))
                return "release \(release) needs \(script): \(reason)"
            }
            var facts = stat()
            guard stat(script, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
                return "release \(release) needs \(script): it is no file"
            }
        }
        return nil
    }

    /// The command of a program of a release: its scripts are sourced by bash(1), then it takes the
    /// shell's place. The status is 78 (sysexits.h, `EX_CONFIG`) where a script fails.
    func command(ofRelease release: String, _ program: String, _ arguments: [String])
        -> (program: String, arguments: [String])
    {
        guard let scripts = scripts[release], !scripts.isEmpty else { return (program, arguments) }
        // The scripts are not to see the program's arguments as their own.
        var lines = ["words=(\"$@\")", "set --"]
        for script in scripts {
            lines.append(
                "source \(script.shellWord) || "
                    + "{ echo \(script.shellWord) has failed >&2; exit 78; }")
        }
        lines.append("exec \"${words[@]}\"")
        return (
            "/bin/bash", ["-c", lines.joined(separator: "\n"), "activate", program] + arguments
        )
    }
}

extension RunnerConfiguration {
    /// - Throws: `ExecutionError` of code `badSite` where the site does not know a run's release.
    public func checkRelease(of facts: RunFacts) throws {
        let release = facts.run.origin.softwareRelease
        if let reason = environment?.refusal(ofRelease: release) {
            throw ExecutionError(.badSite, "\(facts.run.id): \(reason)")
        }
    }
}
