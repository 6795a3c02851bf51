import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct FailedJobsTests {
    private static func bag(_ policy: String, _ rest: String = "") -> String {
        """
        tasks:
          - {name: a, pipeline: observation, per: observation, outputs: [b], policy: {\(policy)}}
        \(rest)
        """
    }

    @Test(
        "a failed job runs again as its campaign's rules say",
        arguments: [
            ("work: out of memory, with 2000 MiB", 3000, 3600.0, "SDC-FR"),
            ("work: walltime", 2000, 5400.0, "SDC-FR"),
            ("the host is gone: its agent ended", nil, nil, "SDC-DE"),
            ("work: exit code 3", nil, nil, "SDC-FR"),
        ])
    func again(message: String, memory: Int?, walltime: Double?, sdc: String) async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag("retries: 3"))
            let first = try #require(try await world.take().first)
            try await world.report(first, .fail, message: message)
            let result = try await world.sweep()
            #expect(result.jobs.decided == 1 && result.jobs.defined == 0)
            let second = try #require(
                try await world.take(ID(sdc)).first { $0.id == first.id })
            #expect(second.task?.request?.memoryPerCore == memory)
            #expect(second.task?.request?.walltime == walltime)
            let events = try await OrderStore(world.connection).details(of: first.id).events
            #expect(events.contains { $0.kind == .retry && $0.actor == "sweep" })
        }
    }

    @Test("a job is lost after as many attempts as its task allows; what is tolerated is finished")
    func tolerated() async throws {
        for (tolerance, end) in [("1", TaskState.finished), ("0", .failed)] {
            try await CampaignSample.run(tiles: false) { world in
                try await world.approve(Self.bag("retries: 1, tolerance: \(tolerance)"))
                let orders = try await world.take()
                for order in orders.dropFirst() { try await world.report(order) }
                try await world.report(orders[0], .fail, message: "work: exit code 3")
                try await world.sweep()
                #expect(try await world.state("a") == .running)
                let again = try #require(try await world.take().first)
                try await world.report(
                    again, .fail, message: "work: exit code 3", attempt: 2)
                try await world.sweep()
                #expect(try await world.state("a") == end)
                #expect(try await world.task("a").vector.jobs.lost == 1)
            }
        }
    }

    @Test("a rule of the campaign decides by code and message, and a passive one is only told")
    func rules() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(
                Self.bag(
                    "retries: 3",
                    """
                    retry:
                      - {name: hopeless, source: pipeline, message: "no calibration", action: no_retry}
                      - {name: watched, code: 1, active: false, action: elsewhere}
                    """))
            let first = try #require(try await world.take().first)
            try await world.report(first, .fail, message: "work: exit code 1: no calibration")
            try await world.sweep()
            let error = try await world.store.errors(
                of: "test", survey: Sample.survey, limit: 1
            ).first
            #expect(
                error?.verdict
                    == "failures like this one are not tried again (rule hopeless; passive rule"
                    + " watched fits, too)")
        }
    }

    @Test("where many jobs needed more memory, those to come ask for more, too")
    func ladder() async throws {
        try await CampaignSample.run(observations: 10, tiles: false) { world in
            try await world.approve(Self.bag("retries: 3, request: {memory_MiB: 1900}"))
            let orders = try await world.take(limit: 5)
            for order in orders.prefix(2) { try await world.report(order) }
            for order in orders.suffix(3) {
                try await world.report(order, .fail, message: "work: out of memory")
            }
            try await world.sweep()
            #expect(try await world.task("a").estimate?.memoryPerCore == 2000)
            let later = try await world.take()
            #expect(later.count == 8)
            #expect(later.allSatisfy { $0.task?.request?.memoryPerCore == 2000 })
        }
    }

    @Test("a job that was lost counts its attempts anew after an operator's retry")
    func forgiven() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag("retries: 1"))
            for order in try await world.take() { try await world.report(order, .fail) }
            try await world.sweep()
            for order in try await world.take() {
                try await world.report(order, .fail, attempt: 2)
            }
            try await world.sweep()
            #expect(try await world.state("a") == .failed)
            #expect(try await world.give(.retry, to: "a").retried == 4)
            try await world.sweep()
            for order in try await world.take() {
                try await world.report(order, .fail, attempt: 3)
            }
            #expect(try await world.sweep().jobs.decided == 4)
            #expect(try await world.state("a") == .running)
        }
    }
}
