import GroundSegment
import Logging
import Testing

@testable import Execution

@Suite struct RunnerStateWishesTests {
    private let site: TestSite
    private var state: RunnerState

    init() throws {
        site = try TestSite()
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        state = RunnerState(
            configuration: RunnerConfiguration(
                storage: site.storage("SDC-FR"), state: site.state, room: site.room),
            lastToken: 0, logger: logger)
        for (number, id) in [(1, "1"), (2, "2")] as [(Int64, String)] {
            state.begin(
                Run(
                    number: number, id: ID("run-\(id)"),
                    origin: .order(site.order(id, priority: 3)),
                    attempt: 1, taken: MJD(100), life: RunLife(graph: LifeGraphs.diamond())))
        }
    }

    private static func wishes(_ wishes: OrderWish...) -> RunnerEvent { .wishes(.success(wishes)) }

    @Test("an order's new priority becomes its run's, once for each change")
    func priority() throws {
        var state = state
        try state.handle(
            Self.wishes(
                OrderWish(order: "order-1", priority: 8), OrderWish(order: "order-2", priority: 3)),
            at: MJD(100))
        #expect(state.runs[1]?.priority == 8)
        #expect(state.runs[2]?.priority == 3)
        // An operator at the SDC gives it another one, which the same wish leaves.
        try state.apply(.priority(nil, -1), to: 1, at: MJD(100))
        try state.handle(
            Self.wishes(OrderWish(order: "order-1", priority: 8)), at: MJD(100))
        #expect(state.runs[1]?.priority == 2)
        try state.handle(
            Self.wishes(OrderWish(order: "order-1", priority: Int(Int32.max))), at: MJD(100))
        #expect(state.runs[1]?.priority == 1_000_000_003)
    }

    @Test("a cancelled order is reported as aborted, with who wanted it; wishes come twice")
    func cancel() throws {
        var state = state
        _ = state.take()
        for _ in 1...2 {
            try state.handle(
                Self.wishes(
                    OrderWish(order: "order-1", priority: 3, cancellation: "cancelled by op"),
                    OrderWish(order: "elsewhere", priority: 0, cancellation: "cancelled by op")),
                at: MJD(100))
        }
        #expect(state.runs.keys.sorted() == [2])
        let reports = state.take().changes.reports
        #expect(reports.map(\.event) == [.abort])
        #expect(reports.map(\.message) == ["cancelled by op"])
    }

    @Test("a runner that another one has replaced ends; one whose source is away goes on")
    func replaced() throws {
        var state = state
        try state.handle(.wishes(.failure(ExecutionError(.orderSource, "away"))), at: MJD(100))
        do {
            try state.handle(.taken(.failure(ExecutionError(.busy, "replaced"))), at: MJD(100))
            Issue.record("it goes on")
        } catch let error as ExecutionError {
            #expect(error.code == .busy)
        }
    }
}
