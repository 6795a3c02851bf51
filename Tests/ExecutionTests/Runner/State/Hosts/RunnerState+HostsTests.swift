import BatchSystems
import GroundSegment
import Logging
import Payloads
import Testing

@testable import Execution
@testable import Workflows

/// A runner whose payloads run on pilots: one core and 1024 MiB each asks for.
@Suite final class RunnerStateHostsTests {
    private let site: TestSite
    private var state: RunnerState
    private let now = MJD(100)

    init() throws {
        site = try TestSite()
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        var settings = SiteBatch()
        settings.mode = .pilots
        settings.pilots.classes = [
            PilotClass(name: "small", cores: 2, memory: 8192, walltime: 7200)
        ]
        var configuration = RunnerConfiguration(
            storage: site.storage("SDC-FR"), state: site.state, room: site.room)
        configuration.batch = BatchSite(settings, LocalBatchSystem())
        state = RunnerState(configuration: configuration, lastToken: 0, logger: logger)
    }

    private func begin(_ nodes: Int, number: Int64 = 1) throws {
        let graph = LifeGraphs.graph(
            (0..<nodes).map { Node(id: "n\($0)", kind: .exec(Self.executable)) })
        state.begin(
            Run(
                number: number, id: ID("run-\(number)"),
                origin: .order(site.order("\(number)")), attempt: 1, taken: now,
                life: RunLife(graph: graph)))
        try state.handle(.staged(number, .success(.init())), at: now)
    }

    private static let executable = Executable(
        name: "true", command: "true", resources: Workflows.Resources())

    private func tell(_ host: String, _ notices: HostNotice...) throws {
        for notice in notices { try state.handle(.host(HostID(host), notice), at: now) }
    }

    private func join(
        _ host: String, cores: Int = 2, end: MJD? = nil, has: [String: String?] = [:]
    ) throws {
        let offer = HostOffer(total: Amounts(cores: cores, memory: 8192), end: end)
        try tell(host, .offers(offer), .ready(has: has))
    }

    /// The attempts of a host, by the number of their payloads.
    private func payloads(of host: String) -> [Int] {
        state.underWay.values.filter { $0.host == HostID(host) }.map(\.key.payload).sorted()
    }

    private func prepare() throws {
        for attempt in state.underWay.values where !attempt.isSent {
            let plan = attempt.plan
            let order = AttemptOrder(
                id: plan.id, token: UInt64(plan.token), program: "/bin/true", folder: plan.folder,
                workFolder: plan.workFolder, limits: AttemptLimits(walltime: 60), need: Need())
            try state.handle(
                .prepared([
                    (attempt.key, .success(PreparedAttempt(order: order, contentKey: nil)))
                ]), at: now)
        }
    }

    /// Nothing that was done before stands for what is looked for.
    private func answerLookUps() throws {
        for case .lookUp(let key, _, _) in state.take().effects {
            try state.handle(.lookedUp(key, nil), at: now)
        }
    }

    private func sent() -> [HostID: [String]] {
        var sent: [HostID: [String]] = [:]
        for case .send(.start(let order), let host) in state.take().effects {
            sent[host, default: []].append(order.id)
        }
        return sent
    }

    @Test("nothing is chosen before there is a host, and each is given what it has room for")
    func fills() throws {
        try begin(5)
        #expect(state.underWay.isEmpty)
        try join("p.1")
        #expect(payloads(of: "p.1") == [0, 1])
        try join("p.2")
        #expect(payloads(of: "p.2") == [2, 3])
        try prepare()
        let sent = sent()
        #expect(sent[HostID("p.1")]?.count == 2)
        #expect(sent[HostID("p.2")]?.count == 2)
        #expect(sent.count == 2)
    }

    @Test("the host that ends first is filled first")
    func order() throws {
        try join("a", end: nil)
        try join("b", end: now + 2)
        try join("c", end: now + 1)
        #expect(state.openHosts.map(\.name) == ["c", "b", "a"])
        try begin(3)
        #expect(payloads(of: "c") == [0, 1])
        #expect(payloads(of: "b") == [2])
    }

    @Test("a host whose connection is gone keeps its attempts and is given nothing more")
    func lost() throws {
        try begin(3)
        try join("p.1")
        try prepare()
        try tell("p.1", .lost("cut"))
        #expect(payloads(of: "p.1") == [0, 1])
        #expect(state.openHosts.isEmpty)
        _ = state.take()
        let ids = Dictionary(
            state.underWay.keys.map { ($0, String?.none) }, uniquingKeysWith: { first, _ in first })
        try join("p.1", has: ids)
        let finds = state.take().effects.count { if case .find = $0 { true } else { false } }
        #expect(finds == 0)
        #expect(payloads(of: "p.1") == [0, 1])
    }

    @Test("what a host does not have when it is back is looked for")
    func forgotten() throws {
        try begin(2)
        try join("p.1")
        try prepare()
        _ = state.take()
        try join("p.1", has: ["run-1/n0#1": nil])
        let found = state.take().effects.compactMap { effect -> Int? in
            if case .find(let key, _, let host) = effect, host.name == "p.1" {
                key.payload
            } else {
                nil
            }
        }
        #expect(found == [1])
    }

    @Test("a host that drains is given nothing more, and what it runs goes on")
    func drains() throws {
        try begin(3)
        try join("p.1")
        try prepare()
        try tell("p.1", .message(.draining(reason: "walltime")))
        #expect(state.openHosts.isEmpty)
        let id = "run-1/n0#1"
        _ = state.take()
        try tell("p.1", .message(.withdrawn(id: id)))
        try answerLookUps()
        #expect(payloads(of: "p.1") == [1])
        #expect(state.queue.count == 2)
        try join("p.2")
        #expect(payloads(of: "p.2") == [0, 2])
    }

    @Test("what a host that is gone had begun is lost to the infrastructure, with the reason")
    func gone() throws {
        try begin(3)
        try join("p.1")
        try prepare()
        try tell("p.1", .message(.started(id: "run-1/n0#1", pid: 1, time: 0)))
        _ = state.take()
        try tell("p.1", .gone("its node failed"))
        let found = state.take().effects.compactMap { effect -> AttemptKey? in
            if case .find(let key, _, _) = effect { key } else { nil }
        }
        #expect(found.map(\.payload).sorted() == [0, 1])
        for key in found {
            try state.handle(.found(key, nil, hasBegun: key.payload == 0), at: now)
        }
        let life = try #require(state.runs[1]?.life)
        #expect(life[0].losses == 1)
        #expect(life[0].failures == 0)
        #expect(life[0].message.contains("its node failed"))
        // The other one had not begun, and was not lost.
        #expect(life[1].losses == 0)
        #expect(life[1].state == .ready)
        #expect(state.hosts.isEmpty)
    }

    @Test("what is made ready for a host that is gone meanwhile goes back in line")
    func goneBeforeItIsSent() throws {
        try begin(1)
        try join("p.1")
        try tell("p.1", .gone("idle"))
        #expect(state.hosts[HostID("p.1")]?.end == "idle")
        _ = state.take()
        try prepare()
        let (starts, withdrawn) = (sent(), state.runs[1]?.life[0].state)
        #expect(starts.isEmpty)
        #expect(withdrawn == .ready)
        #expect(state.underWay.isEmpty)
        #expect(state.hosts.isEmpty)
    }

    @Test("a result that is found in its folder counts though its host is gone")
    func result() throws {
        try begin(1)
        try join("p.1")
        try prepare()
        try tell("p.1", .gone("walltime"))
        let key = try #require(state.underWay["run-1/n0#1"]?.key)
        let result = AttemptResult(
            id: "run-1/n0#1", token: 1, start: 0, end: 1, exit: .code(0))
        try state.handle(.found(key, result, hasBegun: true), at: now)
        #expect(state.runs[1]?.life[0].state == .completed)
        #expect(state.hosts.isEmpty)
    }

    @Test("an attempt's host is kept, and what an earlier runner left is at its host")
    func resumes() async throws {
        try begin(2)
        try join("p.1", cores: 1)
        let placed = state.take().changes.placements
        #expect(placed.map(\.host.name) == ["p.1"])
        #expect(placed.map(\.key) == [AttemptKey(run: 1, payload: 0, attempt: 1)])
        let run = try #require(state.runs[1])
        var next = RunnerState(
            configuration: state.configuration, lastToken: 1, logger: state.logger)
        next.placements = [
            PayloadKey(run: 1, payload: 0): .init(attempt: 1, host: HostID("p.1"))
        ]
        try next.resume(run, at: now)
        #expect(next.underWay["run-1/n0#1"]?.host == HostID("p.1"))
        #expect(next.openHosts.isEmpty)
        // Its room is told when it is back, and what it has is not given twice.
        state = next
        try join("p.1", cores: 1, has: ["run-1/n0#1": nil])
        #expect(payloads(of: "p.1") == [0])
        #expect(state.hosts[HostID("p.1")]?.room.free.cores == 0)
    }

    @Test("a payload waits for a pilot, then for room on the nearest one")
    func why() throws {
        try begin(2)
        func reasons() -> [String] {
            state.answer(to: .why(run: nil, limit: 10), at: now).reasons.map(\.reason)
        }
        #expect(reasons() == ["waits for a pilot", "waits for a pilot"])
        try join("p.1", cores: 1)
        #expect(reasons() == ["the host has been asked to start it", "waits for 1 cores"])
    }
}
