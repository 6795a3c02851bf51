import Documents
import Foundation
import GroundSegment
import Planning
import Reporting

/// run.json: what differs from run to run, what the plan is worth, and the digests of the files
/// read.
struct RunRecord {
    /// Names the run in logs: 8 hexadecimal digits.
    let run: String
    let started: MJD
    let ended: MJD
    let timings: StageTimings
    let inputs: [InputFile]
    /// How the search went.
    let progress: [Report.SearchSample]

    /// A name for a new run.
    static func name() -> String {
        String(UUID().uuidString.prefix(8)).lowercased()
    }

    /// How a search's end reads for people and scripts: complete, time or interrupted.
    static func status(_ plan: Plan) -> String {
        switch plan.search.stop {
        case .steps, .gap: "complete"
        case .time: "time"
        case .interrupted: "interrupted"
        }
    }

    /// The seconds of a stage; 0 where there was none of that name.
    func seconds(_ stage: String) -> Double {
        timings.stages.filter { $0.name == stage }.reduce(0) { $0 + $1.seconds }
    }

    /// - Parameter digest: the digest in the plan's plan.json.
    func json(of plan: Plan, digest: String) -> JSONValue {
        let seconds = Dictionary(timings.stages.map { ($0.name, $0.seconds) }, uniquingKeysWith: +)
        return [
            "run": .text(run), "version": .text(SoftwareVersion.current),
            "started": JSONValue(started), "ended": JSONValue(ended),
            "status": .text(Self.status(plan)), "plan": .text(digest),
            "measures": plan.measures.json, "bound_tb": JSONValue(plan.bound?.value),
            "gap": JSONValue(plan.gap), "steps": .integer(plan.search.steps),
            "steps_asked": .integer(plan.search.stepsAsked),
            "effort": .text(plan.search.effort), "stop": .text(plan.search.stop.rawValue),
            "solver": .text(plan.search.solver),
            "seconds": .object(
                seconds.sorted { $0.key < $1.key }.map {
                    JSONValue.Member(name: $0.key, value: .real($0.value))
                }),
            "inputs": .list(inputs.map(\.json)),
            "progress": .list(
                progress.map { ["steps": .integer($0.steps), "cost": .real($0.cost)] }),
        ]
    }
}
