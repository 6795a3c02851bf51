import Files
import Foundation
import GroundSegment
import Logging
import Workflows

/// Makes the outputs of a run products of this SDC, and their replicas at the secondary.
struct OutputKeeping: Sendable {
    let configuration: RunnerConfiguration
    let store: RunStore
    let known: KnownFiles
    let transports: Transports
    let work: BlockingThreads
    let logger: Logger

    /// What there is after it.
    struct Result: Hashable, Sendable {
        let products: [Product]
        /// Replicas that could not be made now.
        let pending: [PendingReplica]
    }

    /// Stores every output; doing it again after an interruption gives the same.
    func keep(_ run: Run) async throws -> Result {
        try configuration.storage.verifyPresent()
        let outputs = try await store.outputs(of: run.number)
        guard let order = run.order else {
            try await keepSubmitted(run, outputs)
            return Result(products: [], pending: [])
        }
        var products: [Product] = []
        let keeping = self
        for output in run.life.graph.outputs {
            let stored = try stored(output, of: run, among: outputs)
            let product = product(output, of: run, order, stored.digest)
            let target = configuration.storage.path(
                of: product.name, survey: order.survey, at: configuration.sdc)
            try await work.run {
                try keeping.configuration.storage.keep(
                    stored.path, at: target, expecting: stored.digest, known: keeping.known)
            }
            products.append(product)
        }
        var pending: [PendingReplica] = []
        for product in products {
            let replica = PendingReplica(
                product: ProductDocument(product), survey: order.survey.text,
                to: order.replicaAt.text)
            do {
                try await store.insert(
                    try await work.run { try keeping.replicate(replica) }, of: run.number)
            } catch let error as ExecutionError where error.code != .store {
                logger.warning(
                    "replica has to wait",
                    metadata: [
                        "run": "\(run.id)", "order": "\(order.id)",
                        "product": "\(product.name)",
                        "to": "\(order.replicaAt)", "cause": "\(error)",
                    ])
                pending.append(replica)
            }
        }
        return Result(products: products, pending: pending)
    }

    /// The outputs of a run that no order asked for stay in a folder of the run's name.
    private func keepSubmitted(_ run: Run, _ outputs: [StoredOutput]) async throws {
        let keeping = self
        for output in run.life.graph.outputs {
            let stored = try stored(output, of: run, among: outputs)
            let name = "\(output.name).\((stored.path as NSString).pathExtension)"
            let target = "\(configuration.storage.resultFolder(of: run.id))/\(name)"
            try await work.run {
                try keeping.configuration.storage.keep(
                    stored.path, at: target, expecting: stored.digest, known: keeping.known)
            }
        }
    }

    /// Copies a product to its secondary SDC and verifies it there.
    ///
    /// - Throws: `ExecutionError` of code `unavailable` where that is in a full outage.
    func replicate(_ replica: PendingReplica) throws -> Transfer {
        let storage = configuration.storage
        let target = ID<SDC>(replica.to)
        let product = replica.product.product
        guard configuration.isUp(target) else {
            throw ExecutionError(
                .unavailable, "\(target) is in a full outage at \(configuration.clock.now)")
        }
        let start = configuration.wallClock()
        let survey = ID<SurveyPlan>(replica.survey)
        try transports.way(to: target).send(
            storage.path(of: product.name, survey: survey, at: storage.sdc),
            to: Storage.file(of: product.name, survey: survey),
            expecting: FileDigest(bytes: product.bytes, sha256: product.sha256))
        return Transfer(
            product: product.name, from: storage.sdc, to: target, purpose: .replica,
            bytes: product.bytes, order: product.order,
            window: TimeWindow(start: start, end: max(start, configuration.wallClock())))
    }

    private func stored(_ output: GraphOutput, of run: Run, among outputs: [StoredOutput]) throws
        -> StoredOutput
    {
        guard let place = run.life.graph.body.place(of: output.node),
            let stored = outputs.first(where: { $0.payload == place && $0.port == output.port })
        else {
            throw ExecutionError(
                .store, "run \(run.id): the output \(output.name) was not recorded")
        }
        return stored
    }

    private func product(
        _ output: GraphOutput, of run: Run, _ order: ProcessingOrder, _ digest: FileDigest
    ) -> Product {
        let graph = run.life.graph
        let origin = Lineage(graph).origin(of: output)
        let products = run.inputs.filter { origin.inputs.contains($0.port) }.map(\.product)
        let siblings = graph.outputs.filter { origin.outputs.contains($0.name) }.map {
            name($0, graph, order)
        }
        return Product(
            name: name(output, graph, order), item: order.item, order: order.id,
            bytes: digest.bytes, sha256: digest.sha256, madeFrom: products + siblings)
    }

    private func name(_ output: GraphOutput, _ graph: Graph, _ order: ProcessingOrder) -> String {
        let node = graph.body.place(of: output.node).map { graph.body.nodes[$0] }
        let port = node?.executable?.outputs.first { $0.name == output.port }
        return Storage.productName(
            item: order.item, task: order.task, output: output.name, mime: port?.mime ?? "dat")
    }
}
