import Files
import GroundSegment
import Logging
import Workflows

/// Brings the inputs of a run to this SDC.
struct InputStaging: Sendable {
    let configuration: RunnerConfiguration
    let source: any OrderSource
    let store: RunStore
    let known: KnownFiles
    let transports: Transports
    let work: BlockingThreads
    let logger: Logger

    /// How often all holders of a product are asked for it.
    private static let rounds = 3

    struct Result: Hashable, Sendable {
        var inputs: [StagedInput] = []
        var transfers: [Transfer] = []
    }

    /// Finds each input, looks at its bytes, and copies what this SDC does not hold.
    ///
    /// - Throws: `ExecutionError` of code `inputMissing`; of code `unavailable` where it can be had
    ///   once an SDC is up again, of code `storage` where a storage cannot be used now.
    func stage(_ run: Run) async throws -> Result {
        guard !run.life.graph.inputs.isEmpty else { return Result() }
        try configuration.storage.verifyPresent()
        guard let order = run.order else { return try await given(run) }
        guard !order.inputs.isEmpty else { return Result() }
        let locations = try await source.locations(
            of: order.inputs.map(\.item), survey: order.survey)
        var result = Result()
        for input in run.life.graph.inputs {
            for location in try self.locations(of: input, for: order, among: locations) {
                let (path, transfer) = try await bring(location, for: order)
                result.inputs.append(
                    StagedInput(
                        port: input.name, product: location.product.name,
                        item: location.product.item, path: path,
                        isCached: path.hasPrefix(configuration.storage.cacheRoot),
                        sha256: location.product.sha256))
                if let transfer { result.transfers.append(transfer) }
            }
        }
        return result
    }

    /// The files that a submission names.
    private func given(_ run: Run) async throws -> Result {
        let submission: Submission
        switch run.origin {
        case .order: return Result()
        case .submission(let given), .parent(_, _, let given): submission = given
        }
        let known = known
        var result = Result()
        for input in run.life.graph.inputs {
            let paths = submission.inputs[input.name] ?? []
            if input.content == .file && paths.count != 1 {
                throw ExecutionError(
                    .inputMissing, "input \(input.name): found \(paths.count) files, expected one")
            }
            for path in paths {
                guard let digest = try await work.run({ try known.digest(of: path) }) else {
                    throw ExecutionError(.inputMissing, "input \(input.name): there is no \(path)")
                }
                let before = run.inputs.first { $0.port == input.name && $0.path == path }
                if run.life.state == .executing, let before, before.sha256 != digest.sha256 {
                    throw ExecutionError(
                        .corrupted, "input \(input.name): \(path) was changed since the run began")
                }
                result.inputs.append(
                    StagedInput(
                        port: input.name, product: "", item: nil, path: path, isCached: false,
                        sha256: digest.sha256))
            }
        }
        return result
    }

    private func locations(
        of input: GraphInput, for order: ProcessingOrder, among locations: [ProductLocation]
    ) throws -> [ProductLocation] {
        // Of an item that several tasks have made products of, those of the order's own producers.
        let producers = Set(order.inputs.map(\.producer))
        let made = locations.filter { producers.contains($0.product.order) }
        let usable = made.isEmpty ? locations : made
        var seen: Set<ItemID> = []
        let needed = order.inputs.map(\.item).filter {
            $0.kind.rawValue == input.kind && seen.insert($0).inserted
        }
        let found = try needed.map { item in
            guard
                let location = usable.first(where: {
                    $0.product.item == item
                        && Storage.outputName(ofProduct: $0.product.name) == input.product
                })
            else {
                throw ExecutionError(.inputMissing, "\(item) has no product \(input.product)")
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
    private func bring(_ location: ProductLocation, for order: ProcessingOrder) async throws -> (
        String, Transfer?
    ) {
        let storage = configuration.storage
        let product = location.product
        let known = known
        let digest = FileDigest(bytes: product.bytes, sha256: product.sha256)
        let isHeld = location.holders.contains(storage.sdc)
        let held = storage.path(of: product.name, survey: order.survey, at: storage.sdc)
        if isHeld {
            if await work.run({ known.holds(held, digest) }) { return (held, nil) }
            logger.error(
                "a held product has other bytes than were recorded",
                metadata: ["order": "\(order.id)", "product": "\(product.name)"])
        }
        let target =
            isHeld ? held : storage.cachePath(of: product.name, survey: order.survey)
        if !isHeld, await work.run({ known.holds(target, digest) }),
            try await store.isCached(target)
        {
            return (target, nil)
        }
        let others = location.holders.filter { $0 != storage.sdc }
        let holders = others.filter(configuration.isUp)
        guard !holders.isEmpty else {
            if others.isEmpty {
                throw ExecutionError(
                    .inputMissing,
                    isHeld
                        ? "\(product.name) is damaged, and no other SDC holds it"
                        : "no SDC holds \(product.name)")
            }
            let names = others.map(\.text).joined(separator: " and ")
            throw ExecutionError(
                .unavailable, "\(product.name) is only at \(names), in a full outage")
        }
        let copying = self
        return (
            target,
            try await work.run {
                try copying.copy(product, from: holders, to: target, digest, order)
            }
        )
    }

    private func copy(
        _ product: Product, from holders: [ID<SDC>], to target: String, _ digest: FileDigest,
        _ order: ProcessingOrder
    ) throws -> Transfer {
        let storage = configuration.storage
        var faults: [String] = []
        var mayPass = false
        for _ in 0..<Self.rounds {
            for holder in holders {
                let start = configuration.wallClock()
                do {
                    try storage.fetch(
                        Storage.file(of: product.name, survey: order.survey),
                        by: transports.way(to: holder), to: target, expecting: digest,
                        known: known)
                    return Transfer(
                        product: product.name, from: holder, to: storage.sdc, purpose: .copy,
                        bytes: product.bytes, order: order.id,
                        window: TimeWindow(start: start, end: max(start, configuration.wallClock()))
                    )
                } catch let error as ExecutionError {
                    logger.warning(
                        "copy failed", metadata: ["from": "\(holder)", "cause": "\(error)"])
                    mayPass = mayPass || error.code == .storage
                    if !faults.contains(error.description) { faults.append(error.description) }
                }
            }
        }
        throw ExecutionError(
            mayPass ? .storage : .inputMissing,
            "\(product.name): \(faults.joined(separator: "; "))")
    }
}
