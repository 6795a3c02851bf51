import Foundation
import Testing

@testable import BatchSystems

/// PBS and HTCondor on stand-in commands that imitate what their manuals say; not on the systems.
struct StandInTests {
    @Test("PBS conforms on stand-in commands")
    func conformsPBS() async throws {
        let folder = try TestFolder()
        let site = try Self.site(
            folder, "pbs.sh", ["qsub", "qstat", "qselect", "qdel", "qmgr"])
        var refusing = site
        refusing.queue = "nosuch"
        try await Conformance(
            title: "PBS (stand-in)",
            system: CommandLineBatchSystem(.builtIn("pbs"), site: site), folder: folder.path,
            slots: 2, walltime: 1,
            refusing: CommandLineBatchSystem(.builtIn("pbs"), site: refusing)
        ).run()
    }

    @Test("HTCondor conforms on stand-in commands")
    func conformsHTCondor() async throws {
        let folder = try TestFolder()
        let site = try Self.site(
            folder, "htcondor.sh",
            ["condor_submit", "condor_q", "condor_history", "condor_rm", "condor_config_val"])
        try await Conformance(
            title: "HTCondor (stand-in)",
            system: CommandLineBatchSystem(.builtIn("htcondor"), site: site), folder: folder.path,
            slots: 2, walltime: 1
        ).run()
    }

    /// A site whose commands are a stand-in's.
    private static func site(
        _ folder: TestFolder, _ script: String, _ commands: [String]
    ) throws -> SiteBatch {
        var site = SiteBatch()
        let standIn = repositoryFile("Tests/BatchSystemsTests/StandIns/\(script)")
        for command in commands {
            site.commands[command] = try folder.program(
                command, "#!/bin/sh\nexec sh \(standIn) \(folder.path)/state 2 \(command) \"$@\"\n")
        }
        return site
    }
}
