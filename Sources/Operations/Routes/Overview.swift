import Execution
import GroundSegment

/// What a runner does now.
struct Overview: Encodable {
    let sdc: String
    let version: String
    /// Runs and payloads of runs that are not over, by state.
    let runs: [String: Int]
    let payloads: [String: Int]
    /// Payloads in line, and attempts that hosts have; `nil` where the runner does not answer.
    let waiting: Int?
    let underWay: Int?
    let isDraining: Bool?
    let isSourceAway: Bool?

    init(_ runner: ServedRunner, _ page: RunBookPage) async throws {
        let facts = try await runner.control.ask(.status)
        sdc = runner.sdc.text
        version = SoftwareVersion.current
        runs = page.states
        payloads = page.openPayloads
        waiting = facts?.waiting
        underWay = facts?.underWay
        isDraining = facts?.isDraining
        isSourceAway = facts?.isSourceAway
    }
}

extension ServedRunner {
    /// The pilots; `nil` where payloads run otherwise.
    func pilots() async throws -> [PilotFacts]? { try await control.ask(.pilots)?.pilots }

    /// Why payloads wait.
    func waits(of run: String? = nil, limit: Int) async throws -> WaitReport {
        guard let facts = try await control.ask(.why(run: run, limit: limit)) else {
            throw ExecutionError(.busy, "the runner of \(sdc) does not answer now")
        }
        return WaitReport(facts)
    }
}
