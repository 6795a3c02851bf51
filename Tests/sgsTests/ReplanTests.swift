import Foundation
import TestPostgreSQL
import Testing

/// contrib/examples/replan.sh as cron runs it.
@Suite(.timeLimit(.minutes(10))) struct ReplanTests {
    @Test("it publishes what a changed survey moves, says nothing, and stops where too much moves")
    func replan() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let folder = try WorkFolder()
            func replan(mostMoves: String = "200") throws -> WorkFolder.Outcome {
                try folder.run(
                    Checkout.path("contrib/examples/replan.sh"), ["case", "runs"], database: url,
                    environment: [
                        "SGS": "\(Checkout.programs)/sgs", "SGS_MAX_MOVES": mostMoves,
                        "SGS_PLAN_OPTIONS": "--steps 3000",
                    ])
            }
            func revisions() throws -> Int {
                let log = try folder.run(
                    "\(Checkout.programs)/sgs", ["log", "--json"], database: url)
                return log.out.components(separatedBy: "\"revision\": ").count - 1
            }
            func runs() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: folder.path + "/runs")
                    .count { $0.hasPrefix("2") }
            }
            func isSilent(_ outcome: WorkFolder.Outcome) -> Bool {
                outcome.out.isEmpty && outcome.err.isEmpty
            }
            let first = try replan()
            #expect(first.status == 0, "\(first.err)")
            #expect(isSilent(first))
            #expect(try revisions() == 1)

            // The same inputs: nothing is done.
            let same = try replan()
            #expect(same.status == 0 && isSilent(same))
            #expect(try runs() == 1)

            // Other bytes, the same survey: planned, and the same assignments are no revision.
            try folder.write(WorkFolder.survey(24) + "\n", to: "case/survey.csv")
            let bytes = try replan()
            #expect(bytes.status == 0, "\(bytes.err)")
            #expect(isSilent(bytes))
            #expect(try revisions() == 1)

            // An SDC with a fifth of its cores: work has to move, and may not.
            try folder.write(WorkFolder.sdc("SDC-A", cores: 20), to: "case/sdcs/SDC-A.yaml")
            let many = try replan(mostMoves: "0")
            #expect(many.status == 4)
            #expect(many.err.contains("at most 0 were asked for"))
            #expect(try revisions() == 1)

            // It may: published.  The failed run has not settled the inputs.
            let moved = try replan()
            #expect(moved.status == 0, "\(moved.err)")
            #expect(isSilent(moved))
            #expect(try revisions() == 2)

            // A survey at fault.
            try folder.write("name,start\n1,yesterday\n", to: "case/survey.csv")
            let faulty = try replan()
            #expect(faulty.status == 65)
            #expect(faulty.err.contains("survey.csv"))
            #expect(try revisions() == 2)
        }
    }
}
