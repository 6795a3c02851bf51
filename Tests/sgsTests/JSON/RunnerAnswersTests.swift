import Foundation
import Testing

/// What `sdc-runner` prints as JSON against its schemas; what needs a runner that serves is asked
/// by `contrib/scripts/validate-answers.sh`.
@Suite(.timeLimit(.minutes(10))) struct RunnerAnswersTests {
    private let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
    }

    private func run(_ words: [String]) throws -> WorkFolder.Outcome {
        try folder.run("\(Checkout.programs)/sdc-runner", words)
    }

    private func expect(
        _ schema: String, _ words: String..., status: Int32 = 0,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try run(words + ["--json", "--quiet"])
        #expect(outcome.status == status, "\(outcome.err)", sourceLocation: location)
        #expect(
            try JSONSchema(named: "sdc-runner-\(schema)").faults(of: outcome.out) == [],
            sourceLocation: location)
        let quiet = try run(words + ["--quiet"])
        #expect(quiet.out == "", sourceLocation: location)
    }

    private let pipelines = Checkout.path("contrib/pipelines")

    @Test("what is read of files alone is printed as its schemas say, and nothing with --quiet")
    func files() throws {
        let euclid = Checkout.path("contrib/pipelines/euclid")
        let document = Checkout.path("contrib/pipelines/tile.json")
        try expect("graph", "graph", document)
        try expect("check", "check", document)
        try expect("pkg-list", "pkg", "list", "--folder", euclid)
        try expect("pkg-show", "pkg", "show", "sample_package", "--folder", euclid)
        try expect("rules-list", "rules", "--state", "none")
        try expect("rules-test", "rules", "test", "--source", "memory", "--state", "none")
        try expect("rules-test", "rules", "test", "--code", "42", "--state", "none")
        try expect(
            "pilots-import", "pilots", "import",
            Checkout.path("Tests/Inputs/pilots/nir_ensci_ipac_pilots.properties"))
        try expect(
            "size", "size", "observation", "--walltime", "1h", "--pipelines", pipelines, "--state",
            "none")
        try expect(
            "forecast", "submit", "observation", "--stop-after", "prepare", "--pipelines",
            pipelines)
        for (words, other) in [
            (["graph", document], "--dot"), (["lineage", "1"], "--prov"),
            (["run", "graph", "1"], "--dot"), (["job", "profile", "1/x"], "--csv"),
            (["job", "log", "1/x"], "--follow"), (["job", "run", "1/x"], "--debug"),
        ] {
            let outcome = try run(words + [other, "--json"])
            #expect(outcome.status == 64)
            #expect(outcome.err.contains("\(other) and --json exclude each other"))
        }
    }

    @Test("runs are made, told and changed as the schemas say")
    func runs() throws {
        let state = ["--sdc", "SDC-A", "--state", "state"]
        let storage = ["--storage", "storage"]
        let submitted = try run(
            ["submit", "observation", "--id", "night", "--pipelines", pipelines, "--json"]
                + state + storage)
        #expect(submitted.status == 0, "\(submitted.err)")
        #expect(try JSONSchema(named: "sdc-runner-answer").faults(of: submitted.out) == [])
        func ask(
            _ schema: String, _ words: String..., status: Int32 = 0,
            location: SourceLocation = #_sourceLocation
        ) throws {
            let outcome = try run(words + state + storage + ["--json"])
            #expect(outcome.status == status, "\(outcome.err)", sourceLocation: location)
            #expect(
                try JSONSchema(named: "sdc-runner-\(schema)").faults(of: outcome.out) == [],
                sourceLocation: location)
        }
        try ask("why", "why")
        try ask("answer", "run", "priority", "1", "7")
        try ask("answer", "job", "hold", "1/vis", "--reason", "look first")
        try ask("answer", "job", "release", "1/vis")
        try ask("answer", "tag", "1/vis", "ticket=4711")
        try ask("answer", "run", "release", "1", status: 1)
        let served = try run(
            state + storage + [
                "--orders", "orders", "--pipelines", pipelines, "--until-idle", "--json", "--quiet",
            ])
        #expect(served.status == 0, "\(served.err)")
        #expect(try JSONSchema(named: "sdc-runner-orders").faults(of: served.out) == [])

        try ask("status", "status")
        try ask("status", "run", "list")
        try ask("status-run", "status", "1")
        try ask("run-show", "run", "show", "1")
        try ask("run-graph", "run", "graph", "1")
        try ask("why", "why", "1")
        try ask("job-show", "job", "show", "1/vis", "--pipelines", pipelines)
        try ask("job-command", "job", "command", "1/vis", "--pipelines", pipelines)
        try ask("job-log", "job", "log", "1/vis", "--pipelines", pipelines)
        try ask("job-profile", "job", "profile", "1/vis", "--pipelines", pipelines)
        try ask("job-run", "job", "run", "1/ingest", "--pipelines", pipelines)
        try ask("report", "report")
        try ask("report-detailed", "report", "--detailed")
        try ask("report-exit-codes", "report", "--exit-codes")
        try ask("report-errors", "report", "--errors")
        try ask("lineage-run", "lineage", "1")
        try ask("manage-list", "manage", "list")
        try ask("manage-tags", "manage", "tags", "1")
        try ask("size", "size", "observation", "--walltime", "1h", "--pipelines", pipelines)
        try ask("answer", "manage", "clone", "1")
        try ask("answer", "manage", "edit", "2", "--config", "priority=3")
        try ask("answer", "manage", "abort", "2")
        try ask("answer", "manage", "remove", "2")
    }
}
