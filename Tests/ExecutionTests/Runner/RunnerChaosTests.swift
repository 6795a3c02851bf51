import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// The recorded Montage workflow again and again, while the runner, the agent and the payloads'
/// processes are killed at random moments.
@Suite(.timeLimit(.minutes(60)), .serialized) struct RunnerChaosTests {
    private let site: TestSite
    private let configuration: RunnerConfiguration

    private enum Victim: CaseIterable { case runner, agent, payload }

    init() throws {
        site = try TestSite()
        configuration = RunnerConfiguration(
            storage: site.storage("SDC-FR"), state: site.state, room: site.room, clock: site.clock)
        try site.folder.write(
            try MontageWorkflow.document(secondsScale: 0.001),
            to: "pipelines/\(MontageWorkflow.name).json")
    }

    @Test("whatever is killed, every payload has one committed attempt and the same files")
    func kills() async throws {
        let count = isFull ? 1000 : 20
        var numbers = SeededNumbers(seed: 58)
        var orders = [try place(0)]
        try serveToTheEnd()
        var killed = 0
        while killed < count {
            let order = try place(orders.count)
            orders.append(order)
            while try killed < count && site.report(order) == nil {
                killed += try disturb(&numbers, most: count - killed)
            }
            try serveToTheEnd()
        }
        #expect(killed == count)
        try await check(orders)
    }

    private func place(_ number: Int) throws -> ProcessingOrder {
        let order = site.order("\(number)", pipeline: MontageWorkflow.name)
        try site.place(order)
        return order
    }

    private func serve() throws -> RunnerProcess {
        try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"])
    }

    private func serveToTheEnd() throws { #expect(try serve().end() == 0) }

    /// Serves until the runner is killed or has ended; how many were killed.
    private func disturb(_ numbers: inout SeededNumbers, most: Int) throws -> Int {
        let runner = try serve()
        var killed = 0
        while killed < most {
            let before = runner.lines
            runner.waitForLines(before + 1 + numbers.below(40))
            guard runner.lines > before else { break }
            usleep(useconds_t(numbers.below(20_000)))
            let victim = Victim.allCases[numbers.below(Victim.allCases.count)]
            killed += kill(victim, runner, &numbers) ? 1 : 0
            if victim == .runner { break }
        }
        if killed == most { runner.signal(SIGKILL) }
        _ = runner.end()
        return killed
    }

    /// Whether there was one to kill.
    private func kill(
        _ victim: Victim, _ runner: RunnerProcess, _ numbers: inout SeededNumbers
    ) -> Bool {
        switch victim {
        case .runner:
            runner.signal(SIGKILL)
            return true
        case .agent:
            return agent.map { Foundation.kill($0, SIGKILL) == 0 } ?? false
        case .payload:
            let processes = Leftovers.processes(AttemptMark(home: configuration.agentHome))
            guard !processes.isEmpty else { return false }
            return Foundation.kill(pid_t(processes[numbers.below(processes.count)]), SIGKILL) == 0
        }
    }

    /// The process that has the agent's folder, or had it last.
    private var agent: pid_t? {
        guard
            let text = try? String(
                contentsOfFile: "\(configuration.agentHome)/agent.lock", encoding: .utf8),
            let process = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)), process > 1,
            let command = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8),
            command.hasPrefix("sdc-payload")
        else { return nil }
        return process
    }

    // MARK: - What is left

    private func check(_ orders: [ProcessingOrder]) async throws {
        let store = try RunStore(reading: RunStore.path(state: site.state, sdc: "SDC-FR"))
        let runs = try await store.facts(of: "SDC-FR", at: MJD(100), isWhole: true)
        #expect(runs.map(\.run.order?.id) == orders.map(\.id))
        let files = try #require(runs.first).outputs.map { [$0.port, $0.digest.sha256] }
        #expect(files.count == 58)
        for run in runs {
            try check(run)
            #expect(run.outputs.map { [$0.port, $0.digest.sha256] } == files)
        }
        try checkProducts(orders)
        #expect(StoredFiles.names(in: configuration.storage.workRoot).isEmpty)
        #expect(try await eventually(within: 60) { agent == nil })
        #expect(Leftovers.processes(AttemptMark(home: configuration.agentHome)).isEmpty)
    }

    /// Of each payload one attempt completed, in the store as in the attempts' folders, whose
    /// numbers never came twice.
    private func check(_ facts: RunFacts) throws {
        let life = facts.life
        #expect(life.state == .completed)
        let completed = facts.attempts.filter { $0.outcome == .completed }.map(\.payload)
        #expect(completed == Array(0..<58))
        for payload in 0..<life.count {
            #expect(life[payload].state == .completed)
            let folders = (1...max(1, life[payload].attempts)).map {
                configuration.attemptFolder(facts.run.id, life.path(payload), $0)
            }
            let successes = folders.filter {
                guard case .ended(let result) = AttemptFolder(path: $0).condition() else {
                    return false
                }
                return result.exit == .code(0)
            }
            #expect(successes == [folders.last], "\(life.path(payload))")
            #expect(folders.allSatisfy { !StoredFiles.isFolder("\($0)/tmp") })
        }
    }

    private func checkProducts(_ orders: [ProcessingOrder]) throws {
        var digests: Set<String> = []
        for order in orders {
            let report = try #require(try site.report(order), "\(order.id) has no report")
            #expect(report.event == .complete, "\(report.message)")
            #expect(report.transfers.count == 1)
            let product = try #require(report.products.first)
            digests.insert(product.sha256)
            for sdc in [ID<SDC>("SDC-FR"), "SDC-IT"] {
                let path = site.storage(sdc).path(of: product.name, survey: order.survey, at: sdc)
                #expect(StoredFiles.size(path) == product.bytes)
                let incoming = "\(site.storage(sdc).folder(of: sdc))/.incoming"
                #expect(StoredFiles.names(in: incoming).isEmpty)
            }
        }
        #expect(digests.count == 1)
    }
}
