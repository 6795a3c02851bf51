import Catalogue
import Foundation
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@testable import Execution
@testable import sdc_runner

/// The catalogue's server, stopped and started again while a runner works.
@Suite(.timeLimit(.minutes(12))) struct CatalogueOutageTests {
    private func comes(_ condition: () async throws -> Bool) async throws -> Bool {
        let end = Date().addingTimeInterval(600)
        while try await !condition() {
            guard Date() < end else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }

    @Test("orders go on while the catalogue is away, and all is told once it is back")
    func away() async throws {
        let site = try TestSite()
        let (journal, go) = ("\(site.folder.path)/journal", "\(site.folder.path)/go")
        try site.addPipeline(
            "observation",
            steps: [
                (
                    "wait",
                    "echo $SGS_ITEM >> \(journal); until test -e \(go); do sleep 0.02; done; echo x > $out",
                    1
                ), ("after", "cat $before > $out", 1),
            ])
        try await OwnCluster.withCatalogue { cluster in
            let url = cluster.url
            try await CatalogueOrderSourceTests.publish(url).close()
            let source = try await CatalogueOrderSource(
                DatabaseAddress.find(named: url), sdc: "SDC-FR")
            let runner = try await site.runner("SDC-FR", source: source) {
                $0.endsWhenIdle = false
                $0.pollInterval = .milliseconds(50)
            }
            let serving = Task { try await runner.run() }
            func said() -> [Substring] {
                ((try? String(contentsOfFile: journal, encoding: .utf8)) ?? "").split(
                    separator: "\n"
                ).sorted()
            }
            #expect(try await comes { said() == ["1", "2"] })
            #expect(try await cluster.stop())
            try site.folder.write("", to: "go")
            let store = try RunStore(reading: RunStore.path(state: site.state, sdc: "SDC-FR"))
            #expect(
                try await comes {
                    let runs = try await store.summaries()
                    return runs.map(\.state) == [.completed, .completed]
                })
            // They have ended, and nobody has been told.
            #expect(try await store.summaries().map(\.isOpen) == [true, true])
            _ = try await cluster.start()
            let connection = try await Connection.open(url)
            #expect(
                try await comes {
                    let rows = try await connection.query(
                        "SELECT count(*) AS n FROM sgs.processing_order WHERE state = 'COMPLETED'")
                    return try rows[0].decode("n", as: Int.self) == 2
                })
            #expect(try await comes { try await store.summaries().allSatisfy { !$0.isOpen } })
            runner.drain()
            let outcome = try await serving.value
            #expect(outcome.completed == 2)
            #expect(outcome.failed == 0)
            #expect(said() == ["1", "2"])
            let held = try await OrderQueue(connection).locations(
                of: [.observation("1"), .observation("2")], survey: "survey")
            for item in ["1", "2"] {
                #expect(
                    held[.observation(ID(item))]?.map { $0.sdcs.sorted() }
                        == [["SDC-FR", "SDC-IT"]])
            }
            await connection.close()
        }
    }
}
