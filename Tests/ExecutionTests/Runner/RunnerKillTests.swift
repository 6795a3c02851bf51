import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// The real program, killed and started again.
@Suite(.timeLimit(.minutes(12)), .serialized) struct RunnerKillTests {
    private let site: TestSite
    private let journal: String

    init() throws {
        site = try TestSite()
        journal = "\(site.folder.path)/journal"
        let step =
            "sleep 0.03; echo $SGS_ORDER $SGS_STEP >> \(journal); cat $before /dev/null > $out; echo $SGS_ITEM >> $out"
        try site.addPipeline(
            "observation",
            steps: [("first", "before=; \(step)", 1), ("second", step, 1), ("third", step, 2)])
    }

    private func place(_ count: Int) throws -> [ProcessingOrder] {
        let orders = (0..<count).map { site.order("\($0)") }
        for order in orders { try site.place(order) }
        return orders
    }

    /// Every order completed once, its product right and at both SDCs, and nothing half done left.
    private func check(_ orders: [ProcessingOrder]) throws {
        for order in orders {
            let report = try #require(try site.report(order), "\(order.id) has no report")
            #expect(report.event == .complete, "\(report.message)")
            #expect(
                report.steps.filter { $0.exitCode == 0 }.map(\.name) == [
                    "first", "second", "third",
                ])
            #expect(report.transfers.count == 1)
            let product = try #require(report.products.first)
            let text = String(repeating: "\(order.item.text)\n", count: 3)
            for sdc in [ID<SDC>("SDC-FR"), "SDC-IT"] {
                let path = site.storage(sdc).path(of: product.name, survey: order.survey, at: sdc)
                #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
                #expect(
                    StoredFiles.names(in: "\(site.storage(sdc).folder(of: sdc))/.incoming").isEmpty)
            }
        }
        #expect(StoredFiles.names(in: site.storage("SDC-FR").workRoot).isEmpty)
    }

    @Test("a runner killed again and again finishes every order, and every step ran exactly once")
    func killedRunner() throws {
        let orders = try place(6)
        for _ in 0..<25 {
            let runner = try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"])
            runner.waitForLines(Int.random(in: 1...12))
            runner.signal(SIGKILL)
            _ = runner.end()
        }
        #expect(try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"]).end() == 0)
        try check(orders)
        let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 18)
        #expect(Set(lines).count == 18)
    }

    @Test("killed payloads, agents and runners still leave every order completed once")
    func killedPayloads() throws {
        let orders = try place(4)
        for round in 0..<12 {
            let runner = try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"])
            runner.waitForLines(Int.random(in: 1...15))
            killOne(agent: round % 2 == 0, round)
            if round % 3 == 0 { runner.signal(SIGKILL) }
            runner.signal(SIGTERM)
            _ = runner.end()
        }
        #expect(try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"]).end() == 0)
        try check(orders)
    }

    /// Kills the agent or the payloads that run; payloads themselves only twice, for a third time
    /// would be their last.
    private func killOne(agent: Bool, _ round: Int) {
        let home = "\(site.state)/SDC-FR/agent"
        if agent {
            guard let text = try? String(contentsOfFile: "\(home)/agent.lock", encoding: .utf8),
                let process = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)),
                process > 1
            else { return }
            kill(process, SIGKILL)
        } else if round < 4 {
            for process in Leftovers.processes(AttemptMark(home: home)) {
                kill(pid_t(process), SIGKILL)
            }
        }
    }

    @Test("a payload that outlives its runner is taken over by the next one")
    func adoption() async throws {
        let go = "\(site.folder.path)/go"
        try site.addPipeline(
            "observation",
            steps: [
                (
                    "wait",
                    "echo $SGS_ORDER >> \(journal); until test -e \(go); do sleep 0.02; done; echo > $out",
                    1
                )
            ])
        let order = site.order("1")
        try site.place(order)
        let first = try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"])
        #expect(try await eventually { FileManager.default.fileExists(atPath: journal) })
        first.signal(SIGKILL)
        #expect(first.end() == 128 + SIGKILL)
        let second = try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"])
        second.waitForLines(1)
        try site.folder.write("", to: "go")
        #expect(second.end() == 0)
        #expect(try String(contentsOfFile: journal, encoding: .utf8) == "order-1\n")
        #expect(try site.report(order)?.steps.map(\.attempt) == [1])
    }

    @Test("a runner that is asked to end finishes what is under way and takes nothing more")
    func drains() throws {
        let orders = try place(30)
        let runner = try RunnerProcess(site, sdc: "SDC-FR")
        runner.waitForLines(20)
        runner.signal(SIGTERM)
        #expect(runner.end() == 0)
        let reported = try orders.filter { try site.report($0) != nil }.count
        #expect(reported > 0 && reported < 30)
        #expect(try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"]).end() == 0)
        try check(orders)
    }

    @Test("a second runner ends with status 75")
    func secondRunner() throws {
        let go = "\(site.folder.path)/go"
        try site.addPipeline(
            "observation",
            steps: [("wait", "until test -e \(go); do sleep 0.02; done; echo > $out", 1)])
        try site.place(site.order("1"))
        let first = try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"])
        first.waitForLines(1)
        #expect(try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"]).end() == 75)
        try site.folder.write("", to: "go")
        #expect(first.end() == 0)
    }
}
