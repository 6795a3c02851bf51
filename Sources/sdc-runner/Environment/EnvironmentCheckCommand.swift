import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Markup

/// `sdc-runner env check`
struct EnvironmentCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look whether releases of the software are there.",
        discussion: """
            A release is there when the repository's catalogue (CVMFS: the attribute user.revision \
            of its folder, or .cvmfspublished in it) has reached the revision that the SDC's \
            description says, and all scripts that are sourced can be read.

            Exit status: 0 all there, 65 a faulty description, 66 a release that it does not know, \
            69 one that is not there.

              sdc-runner env check --sdcs sdcs --sdc SDC-FR
              sdc-runner env check Eden-3.0 --sdcs sdcs --sdc SDC-FR --wait 600
            """)

    @Argument(help: "The release; all that the site knows without it.")
    var release: String?

    @Option(help: "The SDC: SDC-FR.")
    var sdc: String

    @Option(help: "Folder of the SDCs' descriptions.")
    var sdcs = "sdcs"

    @Option(help: "Wait so many seconds until it is there.")
    var wait = 0.0

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard wait >= 0, wait <= 1e6 else {
            throw ValidationError("--wait \(wait): expected 0 to 1000000")
        }
    }

    private struct Row: Encodable {
        let release: String
        let there: Bool
        let scripts: [String]
        /// Of the repository's catalogue now.
        let revision: Int?
        let lack: String?
    }

    private struct Found: Encodable {
        let releases: [Row]
    }

    func run() async throws {
        let file = "\(sdcs)/\(sdc).yaml"
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandError(.unknownItem, "\(file): there is no such file")
        }
        let environment: SiteEnvironment
        do {
            environment = try SiteEnvironment.read(folder: sdcs, sdc: ID(sdc)) ?? SiteEnvironment()
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
        if let release, !environment.releases.contains(release) {
            let known = environment.releases.joined(separator: ", ")
            throw CommandError(
                .unknownItem,
                "\(file): release \(release) is unknown; known are \(known.isEmpty ? "none" : known)"
            )
        }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(wait)
        var rows = look(environment)
        while rows.contains(where: { !$0.there }), clock.now < end {
            try await Task.sleep(for: .milliseconds(500))
            rows = look(environment)
        }
        try show(rows)
        if rows.contains(where: { !$0.there }) {
            throw ExitCode(ExitStatus.serviceMissing.rawValue)
        }
    }

    private func look(_ environment: SiteEnvironment) -> [Row] {
        (release.map { [$0] } ?? environment.releases).map { release in
            let lack = environment.lack(ofRelease: release)
            return Row(
                release: release, there: lack == nil, scripts: environment.scripts[release] ?? [],
                revision: environment.repository.flatMap(CatalogueRevision.of), lack: lack)
        }
    }

    private func show(_ rows: [Row]) throws {
        var table = TextTable("RELEASE", "STATE", .right("REVISION"), "LACK")
        for row in rows {
            table.add([
                row.release, row.there ? "there" : "absent", row.revision.map(String.init) ?? "",
                row.lack ?? "",
            ])
        }
        try answer.show(Found(releases: rows), table.text)
    }
}
