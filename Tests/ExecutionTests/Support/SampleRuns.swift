import GroundSegment

@testable import Execution
@testable import Workflows

/// Runs as a store would have them, spelled out.
enum SampleRuns {
    /// A run of the diamond a, b and c, d with these states.
    static func diamond(
        _ states: [PayloadState], state: RunState = .executing, attempts: [AttemptFacts] = []
    ) throws -> RunFacts {
        try run(LifeGraphs.diamond(), states, state: state, attempts: attempts)
    }

    static func run(
        _ graph: Graph, _ states: [PayloadState], state: RunState = .executing,
        expansions: [Expansion] = [], message: String = "", attempts: [AttemptFacts] = [],
        outputs: [StoredOutput] = [], inputs: [StagedInput] = []
    ) throws -> RunFacts {
        var payloads: [Int: PayloadLife] = [:]
        for (number, state) in states.enumerated() {
            payloads[number] = PayloadLife(
                state: state, attempts: [.unready, .ready, .pruned].contains(state) ? 0 : 1)
        }
        var facts = facts(
            try RunLife(
                graph: graph,
                restored: RunRecord(
                    state: state, message: message, expansions: expansions, payloads: payloads)),
            inputs: inputs)
        facts.attempts = attempts
        facts.outputs = outputs
        return facts
    }

    /// The facts of a life of which nothing else is known.
    static func facts(_ life: RunLife, inputs: [StagedInput] = []) -> RunFacts {
        var run = Run(
            number: 7, id: "RUN_7", origin: .submission(submission), attempt: 1, taken: MJD(60000),
            life: life)
        run.inputs = inputs
        return RunFacts(sdc: "SDC-FR", run: run, ended: nil, graphDigest: "d")
    }

    static let submission = Submission(
        id: "s", pipeline: "p", softwareRelease: "2.1", user: "anna", project: "euclid",
        campaign: "DR1")

    static func attempt(
        _ payload: Int, number: Int = 1, _ outcome: StoreChanges.AttemptRow.Outcome, code: Int,
        seconds: Double = 100, cpu: Double = 0
    ) -> AttemptFacts {
        AttemptFacts(
            payload: payload, number: number, outcome: outcome, cores: 2, memory: 1024,
            walltime: 3600, exitCode: code, started: MJD(60000),
            ended: MJD(60000) + seconds / 86400, userSeconds: cpu, systemSeconds: 0,
            peakProcess: 512 * 1024, peakTree: 0, peakVirtual: 0, readBytes: 1 << 20,
            writtenBytes: 2 << 20, message: "")
    }

    static let configuration = RunnerConfiguration(
        storage: Storage(root: "/storage", sdc: "SDC-FR"), state: "/state",
        room: .init(cores: 1, memory: 1))
}

extension SampleRuns {
    /// A sample so many seconds after the begin; the resident size in MiB.
    static func sample(_ seconds: Double, cpu: Double, resident: Int) -> SampleFacts {
        SampleFacts(
            time: MJD(60000) + seconds / 86400, cpuSeconds: cpu, residentKiB: resident * 1024,
            virtualKiB: 2 * resident * 1024, readBytes: 0, writtenBytes: 0)
    }
}
