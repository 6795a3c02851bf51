import Campaigns
import Catalogue
import GroundSegment
import PostgreSQL
import Synchronization
import TestPostgreSQL
import Testing

@Suite struct CampaignCommandsTests {
    private static let bag = """
        tasks: [{name: a, pipeline: observation, per: observation, outputs: [b]}]
        """

    @Test("a task that is reassigned gives what does not run to the other SDC of its items")
    func reassign() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag)
            #expect(try await world.give(.reassign, to: "a", isDryRun: true).moved == 4)
            #expect(try await world.give(.reassign, to: "a").moved == 4)
            try await world.sweep()
            #expect(try await world.state("a") == .running)
            #expect(try await world.take().isEmpty)
            let orders = try await world.take("SDC-DE")
            #expect(orders.count == 4)
            #expect(orders.first?.id == "TEST-test-a-OBS-1+1")
            #expect(orders.first?.replicaAt == "SDC-FR")
        }
    }

    @Test("a killed task ends, and a retry makes its jobs again")
    func kill() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag)
            #expect(try await world.give(.kill, to: "a").withdrawn == 4)
            try await world.sweep()
            #expect(try await world.state("a") == .aborted)
            #expect(try await world.give(.retry, to: "a").retried == 4)
            try await world.sweep()
            #expect(try await world.state("a") == .running)
            #expect(try await world.take().count == 4)
        }
    }

    @Test("a task that is finished takes what there is, and looks up more when it is asked to")
    func finishAndIncexec() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag)
            let orders = try await world.take(limit: 1)
            for order in orders { try await world.report(order) }
            #expect(try await world.give(.finish, to: "a").withdrawn == 3)
            try await world.sweep()
            #expect(try await world.state("a") == .finished)
            #expect(try await world.give(.incexec, to: "a").retried == 3)
            try await world.sweep()
            #expect(try await world.state("a") == .running)
            #expect(try await world.take().count == 3)
        }
    }

    @Test("runners take no job of a paused task of another campaign")
    func pause() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag)
            try await world.give(.pause, to: "a")
            #expect(try await world.take().isEmpty)
            try await world.give(.resume, to: "a")
            #expect(try await world.take().count == 4)
        }
    }

    @Test("an open task takes the items of a later publication, and a closed one when asked")
    func growing() async throws {
        for isOpen in [true, false] {
            try await CampaignSample.run(tiles: false) { world in
                try await world.approve(
                    """
                    tasks: [{name: a, pipeline: x, per: observation, outputs: [b],
                      policy: {open: \(isOpen)}}]
                    """)
                if !isOpen {
                    for order in try await world.take() { try await world.report(order) }
                    try await world.sweep()
                    #expect(try await world.state("a") == .done)
                }
                _ = try await PlanStore(world.connection).publish(
                    CampaignSample.distribution(observations: 6, tiles: false),
                    Sample.request(2))
                if !isOpen {
                    #expect(try await world.sweep().jobs.added == 0)
                    try await world.give(.incexec, to: "a")
                }
                let result = try await world.sweep()
                #expect(result.jobs.added == 2 && result.jobs.defined == 2)
                #expect(try await world.task("a").vector.jobs.total == 6)
                #expect(try await world.state("a") == .running)
            }
        }
    }

    @Test("of two operators who give one command at once the second is refused")
    func twoOperators() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let (one, other) = (try await Connection.open(url), try await Connection.open(url))
            _ = try await PlanStore(one).publish(
                CampaignSample.distribution(observations: 4, tiles: false), Sample.request(1))
            let world = CampaignSample(
                connection: one, store: CampaignStore(one), queue: OrderQueue(one))
            try await world.approve(Self.bag)
            let results = await withTaskGroup(of: Bool.self) { group in
                for connection in [one, other] {
                    group.addTask {
                        do {
                            _ = try await CampaignStore(connection).give(
                                .kill, to: "a", of: "test", survey: Sample.survey, by: "anna",
                                because: "both")
                            return true
                        } catch { return !(error is RefusedCommand) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.filter(\.self).count == 1)
            #expect(
                try await one.count(
                    "SELECT count(*) AS n FROM sgs.processing_order WHERE state = 'WITHDRAWN'")
                    == 4)
        }
    }

    @Test("a sweep whose database is lost has changed nothing, and the next one does all")
    func databaseLost() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let (one, other) = (try await Connection.open(url), try await Connection.open(url))
            _ = try await PlanStore(one).publish(
                CampaignSample.distribution(observations: 4, tiles: false), Sample.request(1))
            let world = CampaignSample(
                connection: one, store: CampaignStore(one), queue: OrderQueue(one))
            try await world.approve(Self.bag)
            for order in try await world.take() { try await world.report(order) }
            // The sweep waits for its turn when its session is ended.
            try await one.run(script: "BEGIN; SELECT pg_advisory_xact_lock(hashtext('sgs.sweep'))")
            let process = try await other.query("SELECT pg_backend_pid() AS n")[0]
                .decode("n", as: Int.self)
            async let lost: Bool = {
                do {
                    _ = try await CampaignStore(other).sweep(by: "lost")
                    return false
                } catch { return true }
            }()
            try await waitUntil {
                try await one.count(
                    """
                    SELECT count(*) AS n FROM pg_stat_activity
                    WHERE pid = \(process) AND wait_event = 'advisory'
                    """) == 1
            }
            try await one.query("SELECT pg_terminate_backend($1)", process)
            try await one.run(script: "COMMIT")
            #expect(await lost)
            #expect(try await world.state("a") == .running)
            try await world.sweep()
            #expect(try await world.state("a") == .done)
        }
    }

    @Test("one command gives the work of an SDC that is lost in the middle to others")
    func recover() async throws {
        try await CampaignSample.run(tiles: false) { world in
            try await world.approve(Self.bag)
            let taken = try await world.take(limit: 2)
            try await world.report(taken[0])
            func recover(_ isDryRun: Bool) async throws -> CampaignRecovery {
                try await world.store.recover(
                    from: "SDC-FR", survey: Sample.survey, clock: CampaignSample.late, by: "anna",
                    because: "fire", isDryRun: isDryRun)
            }
            let dry = try await recover(true)
            let done = try await recover(false)
            #expect(dry == done)
            let task = try #require(done.tasks.first { $0.key.campaign == "test" })
            #expect(task.takenBack == 2 && task.stranded == 1 && task.running == 0)
            #expect(done.defined == 3)
            let events = try await world.store.events(of: "test", survey: Sample.survey, limit: 100)
            let recovered = events.filter { $0.name == "recover" }
            #expect(recovered.map(\.comment) == ["SDC-FR: fire"])
            #expect(recovered.map(\.actor) == ["anna"])
            for order in try await world.take("SDC-DE") { try await world.report(order) }
            try await world.sweep()
            #expect(try await world.state("a") == .done)
            let unknown = await catalogueError {
                try await world.store.recover(
                    from: "SDC-XX", survey: Sample.survey, by: "anna", because: "")
            }
            #expect(unknown?.code == .unknownItem)
        }
    }

    @Test("what is swept only where something changed ends as what is swept as a whole")
    func touched() async throws {
        func run(_ everything: Bool) async throws -> [[String]] {
            let states = Mutex<[[String]]>([])
            try await CampaignSample.run { world in
                try await world.approve(
                    """
                    tasks:
                      - {name: a, pipeline: x, per: observation, outputs: [b], policy: {scouts: 1}}
                      - {name: c, pipeline: y, per: tile, inputs: [b], outputs: [d]}
                    """)
                for _ in 0..<4 {
                    for order in try await world.take() { try await world.report(order) }
                    try await world.sweep(everything)
                    let now = try await world.store.campaign("test", survey: Sample.survey).tasks
                        .map { "\($0.id) \($0.state) \($0.vector.jobs) \($0.vector.outputs)" }
                    states.withLock { $0.append(now) }
                }
            }
            return states.withLock(\.self)
        }
        let whole = try await run(true)
        #expect(whole.count == 4)
        #expect(try await run(false) == whole)
    }
}
