import Catalogue
import Execution
import Foundation
import GroundSegment
import PostgreSQL

/// The catalogue's orders of an SDC.
///
/// A session that was lost is opened again with the next call, so that a runner goes on after the
/// database was away.
actor CatalogueOrderSource: OrderSource {
    /// A runner's questions are short: one that takes long waits for somebody else, and is asked
    /// again later.
    static let usual = ConnectionOptions(
        applicationName: "sdc-runner", statementTimeout: 120_000, lockTimeout: 20_000)

    private let address: DatabaseAddress
    private let options: ConnectionOptions
    private let sdc: ID<SDC>
    /// Who takes orders, for the record.
    private let name: String
    private var session: Connection?
    private var lease: RunnerLease?

    /// Opens a session with the catalogue.
    ///
    /// - Throws: `CatalogueError`, of code `unknownItem` where the catalogue does not know the
    ///   SDC; `PostgreSQLError`.
    init(
        _ address: DatabaseAddress, sdc: ID<SDC>, options: ConnectionOptions = usual
    ) async throws {
        self.address = address
        self.options = options
        self.sdc = sdc
        let process = ProcessInfo.processInfo
        name = "\(sdc) \(process.hostName) \(process.processIdentifier)"
        let session = try await Connection.open(address.connectionString, options: options)
        try await Migrator().check(session)
        try await RunnerRegistry(session).check(sdc)
        self.session = session
    }

    private func open() async throws -> Connection {
        try await Connection.open(address.connectionString, options: options)
    }

    /// Asks the queue; a session on which the server does not answer is given up.
    private func ask<Value: Sendable>(
        _ question: @Sendable (OrderQueue) async throws -> Value
    ) async throws -> Value {
        let connection: Connection
        if let session { connection = session } else { connection = try await open() }
        session = connection
        do {
            return try await question(OrderQueue(connection, lease: lease))
        } catch let error as CatalogueError where error.code == .runnerServes {
            throw ExecutionError(.busy, error.message)
        } catch let error as PostgreSQLError where error.code == .connectionLost {
            session = nil
            throw error
        }
    }

    /// Tells the queue something.
    ///
    /// - Throws: `ExecutionError` of code `refused` where the catalogue will never take it.
    private func tell<Value: Sendable>(
        _ letter: @Sendable (OrderQueue) async throws -> Value
    ) async throws -> Value {
        do {
            return try await ask(letter)
        } catch let error as PostgreSQLError where error.isRefusal {
            throw ExecutionError(.refused, "\(error)")
        } catch let error as CatalogueError
            where [.unknownItem, .illegalChange, .invalidDistribution].contains(error.code)
        {
            throw ExecutionError(.refused, error.message)
        }
    }

    func signOn(folder: String) async throws {
        let (sdc, process) = (sdc, ProcessInfo.processInfo)
        lease = nil
        do {
            lease = try await ask {
                try await $0.registry.register(
                    sdc: sdc, host: process.hostName, folder: folder,
                    process: Int(process.processIdentifier))
            }
        } catch let error as PostgreSQLError {
            throw ExecutionError(.orderSource, "\(error)")
        }
    }

    /// What cannot be told is not: the lease then runs out by itself.
    func signOff() async {
        guard let lease else { return }
        self.lease = nil
        try? await ask { try await $0.registry.end(lease) }
    }

    func wishes() async throws -> [OrderWish] {
        let (sdc, lease) = (sdc, lease)
        return try await ask { queue in
            if let lease { try await queue.registry.renew(lease) }
            return try await queue.wishes(sdc: sdc)
        }
    }

    func owedReplicas(clock: MJD) async throws -> [OwedReplica] {
        let sdc = sdc
        return try await ask { try await $0.owedReplicas(sdc: sdc, clock: clock, limit: 100) }
    }

    func noteFailure(of replica: OwedReplica, because reason: String) async {
        let sdc = sdc
        try? await ask {
            try await $0.recordFailure(of: replica, from: sdc, because: reason)
        }
    }

    func takeSelfTest() async throws -> Int? {
        let (sdc, name) = (sdc, name)
        return try await ask { try await $0.selfTests.take(sdc: sdc, runner: name) }
    }

    func report(_ report: SelfTestReport, ofSelfTest number: Int) async throws {
        try await ask { try await $0.selfTests.report(number, report) }
    }

    func take(limit: Int, clock: MJD) async throws -> [ProcessingOrder] {
        try await take(limit: limit, clock: clock, leaving: [])
    }

    func take(
        limit: Int, clock: MJD, leaving pipelines: Set<String>
    ) async throws -> [ProcessingOrder] {
        let (sdc, name) = (sdc, name)
        return try await ask {
            try await $0.take(
                sdc: sdc, limit: limit, clock: clock, runner: name, leaving: pipelines)
        }
    }

    func hold(_ reasons: [String: String]) async throws {
        guard let lease else { return }
        try await ask { try await $0.registry.hold(reasons, lease) }
    }

    func taken() async throws -> [ProcessingOrder] {
        let sdc = sdc
        return try await ask { try await $0.taken(sdc: sdc) }
    }

    func report(_ report: OrderReport) async throws {
        _ = try await tell { try await $0.report(report) }
    }

    func record(_ replica: Transfer) async throws {
        try await tell { try await $0.record(replica) }
    }

    func locations(of items: [ItemID], survey: ID<SurveyPlan>) async throws -> [ProductLocation] {
        let held = try await ask { try await $0.locations(of: items, survey: survey) }
        return Set(items).flatMap { item in
            (held[item] ?? []).map { ProductLocation(product: $0.product, holders: $0.sdcs) }
        }
    }

    func needed(_ items: [ItemID], survey: ID<SurveyPlan>) async throws -> Set<ItemID> {
        let sdc = sdc
        return try await ask { try await $0.needed(items, survey: survey, sdc: sdc) }
    }

    /// The queue counts what executes as waiting, too; what was taken is not outstanding here.
    func outstanding(clock: MJD) async throws -> OutstandingOrders {
        try await outstanding(clock: clock, leaving: [])
    }

    func outstanding(
        clock: MJD, leaving pipelines: Set<String>
    ) async throws -> OutstandingOrders {
        let sdc = sdc
        return try await ask { queue in
            let executing = try await queue.counts(sdc: sdc)[.executing] ?? 0
            let waiting = try await queue.waiting(sdc: sdc, clock: clock, leaving: pipelines)
            return OutstandingOrders(
                waiting: max(0, waiting - executing),
                blocked: try await queue.blocked(sdc: sdc, clock: clock),
                held: try await queue.held(sdc: sdc, clock: clock, pipelines: pipelines))
        }
    }

    func waits(clock: MJD, limit: Int) async throws -> [OrderWait] {
        let sdc = sdc
        return try await ask { queue in
            try await queue.waits(sdc: sdc, clock: clock, limit: limit).map {
                OrderWait(order: $0.order, reason: $0.reason)
            }
        }
    }

    /// Listens on a session of its own; the stream ends with that.
    func wakeUps() async throws -> AsyncStream<Void> {
        let sdc = sdc
        let connection = try await open()
        let notices = try await OrderQueue(connection).notifications()
        let (wakeUps, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listening = Task {
            defer { continuation.finish() }
            for try await woken in notices where woken == sdc { continuation.yield() }
        }
        continuation.onTermination = { _ in
            listening.cancel()
            Task { await connection.close() }
        }
        return wakeUps
    }
}

extension PostgreSQLError {
    /// Whether what was sent is at fault, and would be tomorrow: a value that cannot be one
    /// (class 22), breaks a constraint (23), is too large (54) or is not allowed in the state that
    /// the row is in (P0). Everything else is the server's, and may pass (PostgreSQL manual,
    /// appendix A).
    var isRefusal: Bool {
        guard let sqlState else { return code == .invalidValue }
        return ["22", "23", "54", "P0"].contains(sqlState.rawValue.prefix(2))
    }
}
