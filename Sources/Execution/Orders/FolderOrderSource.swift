import Files
import Foundation
public import GroundSegment
import Synchronization

/// Orders in a folder, for sites and tests without a catalogue; any number of runners may share
/// it.
///
/// ```
/// ROOT/orders/ORDER.json     as it was placed
/// ROOT/taken/ORDER.json      who took it; made by one taker only
/// ROOT/reports/ORDER.json    how it ended
/// ROOT/replicas/...          replicas made after the report
/// ROOT/runners/SDC.lock      held by the runner that serves the SDC
/// ```
///
/// Nobody changes an order there once it was taken: there are no wishes.
public struct FolderOrderSource: OrderSource {
    private let root: String
    private let sdc: ID<SDC>
    private let registration = Registration()

    public init(root: String, sdc: ID<SDC>) throws {
        self.root = root
        self.sdc = sdc
        for name in ["orders", "taken", "reports", "replicas", "runners"] {
            try StoredFiles.makeFolder("\(root)/\(name)")
        }
    }

    /// Places an order; one of the same identifier is replaced.
    public func place(_ order: ProcessingOrder) throws {
        try StoredFiles.write(Document.data(OrderDocument(order)), to: path("orders", order.id))
    }

    public func signOn(folder: String) async throws {
        try registration.begin(
            "\(root)/runners/\(FileName.encoded(sdc.text, reserved: 5)).lock",
            purpose: "another runner serves \(sdc)")
    }

    public func signOff() async { registration.end() }

    public func take(limit: Int, clock: MJD) async throws -> [ProcessingOrder] {
        try await take(limit: limit, clock: clock, leaving: [])
    }

    public func take(
        limit: Int, clock: MJD, leaving pipelines: Set<String>
    ) async throws -> [ProcessingOrder] {
        let open = try orders().filter {
            $0.sdc == sdc && $0.release <= clock && !exists("taken", $0.id)
                && !pipelines.contains($0.pipeline)
        }
        var taken: [ProcessingOrder] = []
        for order in open where taken.count < limit {
            guard try order.inputs.allSatisfy({ try report($0.producer)?.event == .complete })
            else { continue }
            let claim = Document.Claim(sdc: sdc.text, process: getpid())
            if try create(Document.data(claim), at: path("taken", order.id)) { taken.append(order) }
        }
        return taken
    }

    public func taken() async throws -> [ProcessingOrder] {
        try orders().filter { $0.sdc == sdc && exists("taken", $0.id) && !exists("reports", $0.id) }
    }

    public func report(_ report: OrderReport) async throws {
        _ = try create(Document.data(ReportDocument(report)), at: path("reports", report.order))
    }

    public func record(_ replica: Transfer) async throws {
        let name = Self.fileName("\(replica.order) \(replica.product) \(replica.to)")
        _ = try create(
            Document.data(TransferDocument(replica)), at: "\(root)/replicas/\(name)")
    }

    public func locations(of items: [ItemID], survey: ID<SurveyPlan>) async throws
        -> [ProductLocation]
    {
        let wanted = Set(items)
        let late = try StoredFiles.names(in: "\(root)/replicas").filter { $0.hasSuffix(".json") }
            .map { name -> TransferDocument in try read("\(root)/replicas/\(name)") }
        return try orders().filter { $0.survey == survey && wanted.contains($0.item) }
            .flatMap { order -> [ProductLocation] in
                guard let report = try report(order.id), report.event == .complete else {
                    return []
                }
                return report.products.map { product in
                    let transfers = report.transfers.filter {
                        $0.purpose == .replica && $0.product == product.name
                    }
                    let replicas = late.filter {
                        $0.product == product.name && $0.order == order.id.text
                    }
                    return ProductLocation(
                        product: product,
                        holders: [report.sdc] + transfers.map(\.to) + replicas.map { ID($0.to) })
                }
            }
    }

    public func needed(_ items: [ItemID], survey: ID<SurveyPlan>) async throws -> Set<ItemID> {
        let open = try orders().filter {
            $0.sdc == sdc && $0.survey == survey && !exists("reports", $0.id)
        }
        return Set(open.flatMap { $0.inputs.map(\.item) }).intersection(items)
    }

    public func outstanding(clock: MJD) async throws -> OutstandingOrders {
        try await outstanding(clock: clock, leaving: [])
    }

    public func outstanding(
        clock: MJD, leaving pipelines: Set<String>
    ) async throws -> OutstandingOrders {
        let all = Dictionary(try orders().map { ($0.id, $0) }) { first, _ in first }
        let open = all.values.filter {
            $0.sdc == sdc && $0.release <= clock && !exists("taken", $0.id)
        }
        let blocked = try open.filter { order in
            try order.inputs.contains {
                try report($0.producer).map { $0.event != .complete } ?? false
            }
        }
        let obstructed = Set(blocked.map(\.id))
        let held = Set(
            open.filter { pipelines.contains($0.pipeline) && !obstructed.contains($0.id) }
                .map(\.id))
        let waiting = open.count { order in
            !obstructed.contains(order.id) && !held.contains(order.id)
                && !order.inputs.contains { held.contains($0.producer) }
        }
        return OutstandingOrders(waiting: waiting, blocked: blocked.count, held: held.count)
    }

    public func waits(clock: MJD, limit: Int) async throws -> [OrderWait] {
        let all = Dictionary(try orders().map { ($0.id, $0) }) { first, _ in first }
        var waits: [OrderWait] = []
        for order in try orders()
        where order.sdc == sdc && order.release <= clock && !exists("taken", order.id) {
            guard waits.count < limit else { break }
            let missing = try order.inputs.filter { try report($0.producer)?.event != .complete }
            guard let first = missing.first else { continue }
            let maker = all[first.producer].map { " of \($0.sdc)" } ?? ""
            let state =
                try report(first.producer).map { _ in "has ended without its outputs" }
                ?? (exists("taken", first.producer) ? "runs" : "is not taken")
            let others = missing.count > 1 ? ", and \(missing.count - 1) more" : ""
            waits.append(
                OrderWait(
                    order: order.id,
                    reason: "needs \(first.item)\(maker), whose order \(first.producer) \(state)"
                        + others))
        }
        return waits
    }

    public func wakeUps() async throws -> AsyncStream<Void> {
        try FolderWatch.changes(in: ["\(root)/orders", "\(root)/reports"])
    }

    /// The report of an order; `nil` where it has not ended.
    public func report(_ order: ID<ProcessingOrder>) throws -> OrderReport? {
        guard exists("reports", order) else { return nil }
        let document: ReportDocument = try read(path("reports", order))
        return try document.report()
    }

    /// All orders, the largest priority first, then by release and identifier.
    private func orders() throws -> [ProcessingOrder] {
        try StoredFiles.names(in: "\(root)/orders").filter { $0.hasSuffix(".json") }
            .map { name -> ProcessingOrder in
                let document: OrderDocument = try read("\(root)/orders/\(name)")
                return document.order
            }
            .sorted { (-$0.priority, $0.release, $0.id) < (-$1.priority, $1.release, $1.id) }
    }

    private func path(_ folder: String, _ order: ID<ProcessingOrder>) -> String {
        "\(root)/\(folder)/\(Self.fileName(order.text))"
    }

    /// A document's name; while it is written, at most 42 more bytes follow.
    private static func fileName(_ text: String) -> String {
        FileName.encoded(text, reserved: 5 + 42) + ".json"
    }

    private func exists(_ folder: String, _ order: ID<ProcessingOrder>) -> Bool {
        StoredFiles.size(path(folder, order)) != nil
    }

    private func read<Value: Decodable>(_ path: String) throws -> Value {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ExecutionError(.orderSource, "cannot read \(path)")
        }
        return try Document.value(data, path)
    }

    /// Makes a file with all its bytes; `false` where there is one already.
    private func create(_ data: Data, at path: String) throws -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        let temporary = "\(folder)/.\(UUID().uuidString)"
        try StoredFiles.write(data, to: temporary)
        defer { unlink(temporary) }
        if link(temporary, path) == 0 {
            try StoredFiles.sync(folder)
            return true
        }
        guard errno == EEXIST else { throw StoredFiles.failure("cannot make", path) }
        return false
    }
}

extension FolderOrderSource {
    /// The lock of the runner that has signed on.
    private final class Registration: Sendable {
        private let lock = Mutex<FileLock?>(nil)

        func begin(_ path: String, purpose: String) throws {
            try lock.withLock {
                $0 = nil
                $0 = try FileLock.taken(path, purpose: purpose)
            }
        }

        func end() { lock.withLock { $0 = nil } }
    }
}

extension Document {
    /// Who took an order.
    fileprivate struct Claim: Codable {
        let sdc: String
        let process: Int32
    }
}
