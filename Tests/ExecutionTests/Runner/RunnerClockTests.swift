import Foundation
import GroundSegment
import Logging
import Testing

@testable import Execution
@testable import Workflows

/// A clock that is put back while payloads wait.
@Suite(.timeLimit(.minutes(10))) struct RunnerClockTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
    }

    @Test("a payload that waits for its next attempt waits no longer when the clock is put back")
    func putBack() async throws {
        let failed = "\(site.folder.path)/failed"
        let program = try site.folder.write(
            """
            #!/bin/sh
            for a; do case $a in --out=*) out=${a#--out=};; esac; done
            test -e \(failed) || { : > \(failed); exit 1; }
            echo > $out
            """, to: "pipelines/a.sh")
        chmod(program, 0o755)
        try site.folder.write(
            """
            {"format": "sgs-graph/2", "name": "observation",
             "nodes": [{"id": "a", "kind": "exec",
              "policy": {"wait": {"initial_s": 4, "factor": 1}},
              "executable": {"name": "a", "command": "./a.sh",
               "outputs": [{"name": "out", "mime_type": "txt"}],
               "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}}],
             "outputs": [{"name": "result", "node": "a", "port": "out"}]}
            """, to: "pipelines/observation.json")
        let order = site.order("1")
        try site.place(order)
        let runner = try await site.runner("SDC-FR") {
            $0.wallClock = {
                let now = WallClock.system.now
                // A day less while it waits, from two seconds after it failed.
                guard let status = try? FileManager.default.attributesOfItem(atPath: failed),
                    let since = (status[.modificationDate] as? Date)?.timeIntervalSince1970,
                    (now - MJD(posixSeconds: since)) * 86400 > 2
                else { return now }
                return now + -1
            }
        }
        #expect(try await runner.run().completed == 1)
        let report = try #require(try site.report(order))
        #expect(report.steps.map(\.attempt) == [1, 2])
        #expect(report.steps.map(\.exitCode) == [1, 0])
    }

    @Test("a wait that an earlier runner noted by a later clock is no longer than its policy's")
    func afterRestart() throws {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        var state = RunnerState(
            configuration: RunnerConfiguration(
                storage: site.storage("SDC-FR"), state: site.state, room: site.room),
            lastToken: 0, logger: logger)
        let now = MJD(100)
        let policy = NodePolicy(wait: 60, waitFactor: 2)
        let graph = LifeGraphs.graph([LifeGraphs.step("a", policy: policy)])
        let life = try RunLife(
            graph: graph,
            restored: RunRecord(
                state: .executing,
                payloads: [
                    0: PayloadLife(state: .ready, attempts: 2, failures: 2, notBefore: now + 7)
                ]))
        try state.resume(
            Run(
                number: 1, id: "run", origin: .order(site.order("1")), attempt: 1, taken: now,
                life: life), at: now)
        let entry = try #require(state.queue.entry(.init(run: 1, number: 0)))
        let wait = try #require(entry.notBefore) - now
        #expect(abs(wait * 86400 - 240) < 0.001)
    }
}
