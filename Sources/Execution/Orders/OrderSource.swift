public import GroundSegment

/// Where an SDC's runner gets its orders from and tells what became of them.
public protocol OrderSource: Sendable {
    /// Tells that a runner serves the SDC from now on.
    ///
    /// - Parameter folder: where it keeps its state; it has been made sure that no other runner
    ///   of this machine has this folder.
    /// - Throws: `ExecutionError` of code `busy` where another runner serves the SDC. From then
    ///   on `take`, `report`, `record` and `wishes` throw it where another one has taken over.
    func signOn(folder: String) async throws

    /// Tells that the runner ends, so that another one may serve the SDC at once.
    func signOff() async

    /// What operators want of the orders that were taken and not reported yet: of each of them
    /// always all, so that it may be missed and may come twice. It is also a sign that the runner
    /// is still there.
    func wishes() async throws -> [OrderWish]

    /// Products that the SDC holds and is to send to an owner at `clock` which lacks them because
    /// it became the owner later; some of them, where there are many. What is recorded as made is
    /// not asked for again.
    func owedReplicas(clock: MJD) async throws -> [OwedReplica]

    /// Takes the self-test that the SDC's runner is asked for, also one that was taken and not
    /// reported; `nil` where there is none.
    func takeSelfTest() async throws -> Int?

    /// Records what a self-test found; a second call changes nothing.
    func report(_ report: SelfTestReport, ofSelfTest number: Int) async throws

    /// Takes up to `limit` orders of the SDC that may run at `clock`: released, every producer of
    /// an input completed, the largest priority first.  An order is taken by one taker only.
    func take(limit: Int, clock: MJD) async throws -> [ProcessingOrder]

    /// As `take(limit:clock:)`, without the orders of some pipelines.
    func take(
        limit: Int, clock: MJD, leaving pipelines: Set<String>
    ) async throws -> [ProcessingOrder]

    /// Tells which pipelines are not started now and why, by pipeline, for those who ask.
    func hold(_ reasons: [String: String]) async throws

    /// The SDC's orders that were taken and not reported yet.
    func taken() async throws -> [ProcessingOrder]

    /// Records how an order ended; a second call for the same taking changes nothing.
    func report(_ report: OrderReport) async throws

    /// Records a replica that could be made only after its order was reported; a second call
    /// changes nothing.
    func record(_ replica: Transfer) async throws

    /// Notes that a replica could not be made, for those who ask why it is missing; what cannot be
    /// noted is not.
    func noteFailure(of replica: OwedReplica, because reason: String) async

    /// The products of these items and the SDCs that hold them for good.
    func locations(of items: [ItemID], survey: ID<SurveyPlan>) async throws -> [ProductLocation]

    /// Those of `items` that orders of the SDC which are not finished still need as inputs.
    func needed(_ items: [ItemID], survey: ID<SurveyPlan>) async throws -> Set<ItemID>

    /// How many of the SDC's orders that are released at `clock` have not been taken.
    func outstanding(clock: MJD) async throws -> OutstandingOrders

    /// The same where no order of some pipelines is taken: these are held.
    func outstanding(
        clock: MJD, leaving pipelines: Set<String>
    ) async throws -> OutstandingOrders

    /// Those of the SDC's orders that are released at `clock` and wait for products of other
    /// orders, the first `limit` of them, each with what it waits for.
    func waits(clock: MJD, limit: Int) async throws -> [OrderWait]

    /// Yields whenever there may be something new to take.  A wake-up may be missed and may be
    /// for nothing: the runner also looks by itself from time to time.
    func wakeUps() async throws -> AsyncStream<Void>
}

/// What a source does that knows nothing of its runners and of operators.
extension OrderSource {
    public func signOn(folder: String) async throws {}
    public func signOff() async {}
    public func waits(clock: MJD, limit: Int) async throws -> [OrderWait] { [] }
    public func wishes() async throws -> [OrderWish] { [] }
    public func owedReplicas(clock: MJD) async throws -> [OwedReplica] { [] }
    public func noteFailure(of replica: OwedReplica, because reason: String) async {}
    public func takeSelfTest() async throws -> Int? { nil }
    public func hold(_ reasons: [String: String]) async throws {}
    public func report(_ report: SelfTestReport, ofSelfTest number: Int) async throws {}
}

/// What a source does that tells no pipelines apart.
extension OrderSource {
    public func take(
        limit: Int, clock: MJD, leaving pipelines: Set<String>
    ) async throws -> [ProcessingOrder] {
        try await take(limit: limit, clock: clock)
    }

    public func outstanding(
        clock: MJD, leaving pipelines: Set<String>
    ) async throws -> OutstandingOrders {
        try await outstanding(clock: clock)
    }
}

/// An order that cannot be taken yet.
public struct OrderWait: Hashable, Sendable {
    public let order: ID<ProcessingOrder>
    /// One line: `needs observation 32 of SDC-DE, which runs`.
    public let reason: String

    public init(order: ID<ProcessingOrder>, reason: String) {
        self.order = order
        self.reason = reason
    }
}

/// The orders that are released and not taken.
public struct OutstandingOrders: Hashable, Sendable {
    /// May run now, or as soon as the orders that they wait for have completed.
    public let waiting: Int
    /// Wait for an order that has ended without its outputs.
    public let blocked: Int
    /// Are of pipelines that are not started now.
    public let held: Int

    public init(waiting: Int, blocked: Int, held: Int = 0) {
        self.waiting = waiting
        self.blocked = blocked
        self.held = held
    }
}

/// What a runner that has nothing to do may still wait for.
struct DueOrders: Hashable, Sendable {
    let orders: OutstandingOrders
    /// The first of those that wait for products of other orders.
    let waits: [OrderWait]
}

/// A product and who holds it.
public struct ProductLocation: Hashable, Sendable {
    public let product: Product
    /// The SDCs that hold it for good.
    public let holders: [ID<SDC>]

    public init(product: Product, holders: [ID<SDC>]) {
        self.product = product
        self.holders = holders
    }
}
