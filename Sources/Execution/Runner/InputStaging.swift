import GroundSegment
import Logging

/// Brings the inputs of a run to this SDC.
struct InputStaging: Sendable {
    let configuration: RunnerConfiguration
    let source: any OrderSource
    let store: RunStore
    let logger: Logger

    /// How often all holders of a product are asked for it.
    private static let rounds = 3

    struct Result: Hashable, Sendable {
        var inputs: [StagedInput] = []
        var transfers: [Transfer] = []
    }

    /// Finds each input and copies what this SDC does not hold.
    ///
    /// - Throws: `ExecutionError` of code `inputMissing`, or `unavailable` where it can be had
    ///   once an SDC is up again.
    func stage(_ run: Run) async throws -> Result {
        let items = run.order.inputs.map(\.item)
        guard !items.isEmpty, !run.graph.inputs.isEmpty else { return Result() }
        let locations = try await source.locations(of: items, survey: run.order.survey)
        var result = Result()
        for input in run.graph.inputs {
            let found = try self.locations(of: input, for: run, among: locations)
            for location in found {
                let (path, transfer) = try await bring(location, for: run)
                result.inputs.append(
                    StagedInput(
                        port: input.name, product: location.product.name,
                        item: location.product.item,
                        path: path, isCached: path.hasPrefix(configuration.storage.cacheRoot)))
                if let transfer { result.transfers.append(transfer) }
            }
        }
        return result
    }

    private func locations(
        of input: PipelineInput, for run: Run, among locations: [ProductLocation]
    ) throws -> [ProductLocation] {
        let found = try run.order.inputs.filter { $0.item.kind.rawValue == input.kind }.map {
            needed in
            guard
                let location = locations.first(where: {
                    $0.product.item == needed.item
                        && Storage.outputName(ofProduct: $0.product.name) == input.product
                })
            else {
                throw ExecutionError(
                    .inputMissing, "\(needed.item) has no product \(input.product)")
            }
            return location
        }
        if input.content == .file && found.count != 1 {
            throw ExecutionError(
                .inputMissing, "input \(input.name): found \(found.count) products, expected one")
        }
        return found
    }

    /// Where a product is now, and the transfer that brought it.
    private func bring(_ location: ProductLocation, for run: Run) async throws -> (
        String, Transfer?
    ) {
        let storage = configuration.storage
        let product = location.product
        let held = storage.path(of: product.name, survey: run.order.survey, at: storage.sdc)
        if location.holders.contains(storage.sdc), FileTree.size(held) == product.bytes {
            return (held, nil)
        }
        let target = storage.cachePath(of: product.name, survey: run.order.survey)
        let digest = FileDigest(bytes: product.bytes, sha256: product.sha256)
        if digest.matches(target), try await store.isCached(target) { return (target, nil) }
        let others = location.holders.filter { $0 != storage.sdc }
        let holders = others.filter(configuration.isUp)
        guard !holders.isEmpty else {
            if others.isEmpty {
                throw ExecutionError(.inputMissing, "no SDC holds \(product.name)")
            }
            let names = others.map(\.text).joined(separator: " and ")
            throw ExecutionError(
                .unavailable, "\(product.name) is only at \(names), in a full outage")
        }
        return (target, try copy(product, from: holders, to: target, digest, run))
    }

    private func copy(
        _ product: Product, from holders: [ID<SDC>], to target: String, _ digest: FileDigest,
        _ run: Run
    ) throws -> Transfer {
        let storage = configuration.storage
        var faults: [String] = []
        for _ in 0..<Self.rounds {
            for holder in holders {
                let start = RunnerClock.real.now
                let origin = storage.path(of: product.name, survey: run.order.survey, at: holder)
                do {
                    try storage.copy(origin, to: target, at: storage.sdc, expecting: digest)
                    return Transfer(
                        product: product.name, from: holder, to: storage.sdc, purpose: .copy,
                        bytes: product.bytes, order: run.order.id,
                        window: TimeWindow(start: start, end: max(start, RunnerClock.real.now)))
                } catch let error as ExecutionError {
                    logger.warning(
                        "copy failed", metadata: ["from": "\(holder)", "cause": "\(error)"])
                    if !faults.contains(error.description) { faults.append(error.description) }
                }
            }
        }
        throw ExecutionError(.inputMissing, "\(product.name): \(faults.joined(separator: "; "))")
    }
}
