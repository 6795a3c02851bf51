import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct ScoutTests {
    private static func bag(_ policy: String) -> String {
        """
        tasks:
          - {name: a, pipeline: observation, per: observation, outputs: [b], policy: {\(policy)}}
        """
    }

    @Test("the first jobs are measured, and the others ask for what they used and more")
    func measured() async throws {
        try await CampaignSample.run(observations: 20, tiles: false) { world in
            let approval = try await world.approve(
                Self.bag("scouts: 4, request: {memory_MiB: 6000, walltime_s: 9000}"))
            #expect(approval.defined == 4)
            #expect(try await world.state("a") == .scouting)
            let scouts = try await world.take()
            #expect(scouts.count == 4)
            #expect(
                scouts.allSatisfy {
                    $0.task?.request == OrderRequest(memoryPerCore: 6000, walltime: 9000)
                })
            for (place, order) in scouts.enumerated() {
                try await world.report(
                    order, seconds: 1000 + Double(place) * 100,
                    memory: 4000 + Double(place) * 100)
            }
            let result = try await world.sweep()
            #expect(result.jobs.defined == 16)
            #expect(try await world.state("a") == .running)
            // The third of four of 2000 to 2150 MiB for each core and a tenth, and half as much
            // again as the longest.
            let learnt = OrderRequest(memoryPerCore: 2310, walltime: 1950, disk: 1)
            #expect(try await world.task("a").estimate == learnt)
            let others = try await world.take()
            #expect(others.count == 16)
            #expect(others.allSatisfy { $0.task?.request == learnt })
        }
    }

    @Test("a request that was wrong threefold is within 15 % of the truth after the first jobs")
    func wrongThreefold() async throws {
        for wrong in [1000, 9000] {
            try await CampaignSample.run(observations: 12, tiles: false) { world in
                try await world.approve(
                    Self.bag("scouts: 5, request: {memory_MiB: \(wrong), walltime_s: 1000}"))
                for order in try await world.take() {
                    try await world.report(order, memory: 6000)
                }
                try await world.sweep()
                let memory = try #require(try await world.task("a").estimate?.memoryPerCore)
                #expect(abs(Double(memory) / 3000 - 1) <= 0.15)
            }
        }
    }

    @Test("jobs are told how long those of the batch system should last, and what disk they have")
    func sizes() async throws {
        try await CampaignSample.run(observations: 4, tiles: false) { world in
            try await world.approve(
                Self.bag("job_walltime_s: 7200, scouts: 2, request: {work_MiB: 300}"))
            let scouts = try await world.take()
            #expect(scouts.count == 2)
            #expect(scouts.allSatisfy { $0.task?.jobWalltime == 7200 })
            #expect(scouts.allSatisfy { $0.task?.request?.disk == 300 })
            for order in scouts { try await world.report(order, written: 500 << 20) }
            try await world.sweep()
            #expect(try await world.task("a").estimate?.disk == 500)
            let others = try await world.take()
            #expect(others.count == 2)
            #expect(others.allSatisfy { $0.task?.request?.disk == 500 })
        }
    }

    @Test("a task of which the first jobs fail is exhausted, says why, and runs after a retry")
    func exhausted() async throws {
        try await CampaignSample.run(observations: 10, tiles: false) { world in
            try await world.approve(Self.bag("scouts: 3, retries: 0"))
            for order in try await world.take() {
                try await world.report(order, .fail, message: "work: exit code 7: no calibration")
            }
            let result = try await world.sweep()
            #expect(result.jobs.decided == 3)
            let task = try await world.task("a")
            #expect(task.state == .exhausted)
            #expect(TaskReason(task).text.contains("3 of its first 3 jobs failed"))
            let errors = try await world.store.errors(
                of: "test", task: "a", survey: Sample.survey, limit: 10)
            #expect(errors.count == 3)
            #expect(errors[0].message == "work: exit code 7: no calibration")
            #expect(errors[0].verdict?.contains("1 attempts, and 0 after the first") == true)
            #expect(try await world.sweep().firings.isEmpty)

            #expect(try await world.give(.retry, to: "a").retried == 3)
            #expect(
                try await world.connection.count(
                    "SELECT count(*) AS n FROM sgs.campaign_job WHERE reason LIKE '%attempts%'")
                    == 0)
            try await world.sweep()
            #expect(try await world.state("a") == .scouting)
            for order in try await world.take() { try await world.report(order) }
            #expect(try await world.sweep().jobs.defined == 7)
        }
    }

    @Test("a first job that never ends is given up, its runner is told, and the others go on")
    func endless() async throws {
        try await CampaignSample.run(observations: 10, tiles: false) { world in
            try await world.approve(Self.bag("scouts: 3, request: {walltime_s: 100}"))
            let scouts = try await world.take()
            for order in scouts.dropLast() { try await world.report(order, seconds: 50) }
            let late = try #require(scouts.last)
            #expect(try await world.sweep().jobs.givenUp == 0)
            #expect(try await world.state("a") == .scouting)
            // Nothing tells of a job that does nothing: time alone brings it to the sweep.
            #expect(
                try await world.connection.count(
                    """
                    SELECT count(*) AS n FROM sgs.campaign WHERE name = 'test'
                        AND wake_at IS NOT NULL
                    """) == 1)
            try await world.connection.query(
                """
                UPDATE sgs.processing_order SET taken_at = clock_timestamp() - interval '301 s'
                WHERE id = $1
                """, late.id.text)
            #expect(try await world.sweep(true).jobs.givenUp == 1)
            #expect(try await world.state("a") == .running)
            let wish = try await world.queue.wishes(sdc: "SDC-FR").first { $0.order == late.id }
            #expect(wish?.cancellation?.contains("runs for 301 s, and asked for 100") == true)
            try await world.report(late, .abort)
            #expect(try await world.task("a").vector.jobs.lost == 1)
        }
    }

    @Test("an operator can let all jobs run without waiting for the first ones")
    func avalanche() async throws {
        try await CampaignSample.run(observations: 10, tiles: false) { world in
            try await world.approve(Self.bag("scouts: 3"))
            try await world.give(.avalanche, to: "a")
            #expect(try await world.sweep().jobs.defined == 7)
            #expect(try await world.state("a") == .running)
        }
    }
}
