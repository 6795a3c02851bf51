import GroundSegment
import Logging

/// Makes the outputs of a run products of this SDC, and their replicas at the secondary.
struct OutputKeeping: Sendable {
    let configuration: RunnerConfiguration
    let store: RunStore
    let logger: Logger

    /// What there is after it.
    struct Result: Hashable, Sendable {
        let products: [Product]
        /// Replicas that could not be made now.
        let pending: [PendingReplica]
    }

    /// Stores every output; doing it again after an interruption gives the same.
    func keep(_ run: Run) async throws -> Result {
        let inputs = try await store.inputs(of: run.id)
        let outputs = try await store.outputs(of: run.id)
        let products = try run.graph.outputs.map { output in
            let stored = try stored(output, of: run, among: outputs)
            let product = product(output, of: run, inputs, stored.digest)
            let target = configuration.storage.path(
                of: product.name, survey: run.order.survey, at: configuration.sdc)
            try configuration.storage.keep(stored.path, at: target, expecting: stored.digest)
            return product
        }
        var pending: [PendingReplica] = []
        for product in products {
            let replica = PendingReplica(
                product: ProductDocument(product), survey: run.order.survey.text,
                to: run.order.replicaAt.text)
            do {
                try await store.insert(try self.replicate(replica), of: run.id)
            } catch let error as ExecutionError where error.code != .store {
                logger.warning(
                    "replica has to wait",
                    metadata: [
                        "run": "\(run.id)", "order": "\(run.order.id)",
                        "product": "\(product.name)",
                        "to": "\(run.order.replicaAt)", "cause": "\(error)",
                    ])
                pending.append(replica)
            }
        }
        return Result(products: products, pending: pending)
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
        let start = RunnerClock.real.now
        let survey = ID<SurveyPlan>(replica.survey)
        try storage.copy(
            storage.path(of: product.name, survey: survey, at: storage.sdc),
            to: storage.path(of: product.name, survey: survey, at: target), at: target,
            expecting: FileDigest(bytes: product.bytes, sha256: product.sha256))
        return Transfer(
            product: product.name, from: storage.sdc, to: target, purpose: .replica,
            bytes: product.bytes, order: product.order,
            window: TimeWindow(start: start, end: max(start, RunnerClock.real.now)))
    }

    private func stored(
        _ output: PipelineOutput, of run: Run, among outputs: [RunStore.StoredOutput]
    ) throws -> RunStore.StoredOutput {
        guard
            let stored = outputs.first(where: { $0.node == output.node && $0.port == output.port })
        else {
            throw ExecutionError(
                .store, "run \(run.id): the output \(output.name) was not recorded")
        }
        return stored
    }

    private func product(
        _ output: PipelineOutput, of run: Run, _ inputs: [StagedInput], _ digest: FileDigest
    ) -> Product {
        let origin = Lineage(graph: run.graph).origin(of: output)
        let products = inputs.filter { origin.inputs.contains($0.port) }.map(\.product)
        let siblings = run.graph.outputs.filter { origin.outputs.contains($0.name) }.map {
            name($0, of: run)
        }
        return Product(
            name: name(output, of: run), item: run.order.item, order: run.order.id,
            bytes: digest.bytes, sha256: digest.sha256, madeFrom: products + siblings)
    }

    private func name(_ output: PipelineOutput, of run: Run) -> String {
        let port = run.graph.node(output.node)?.executable.outputs.first { $0.name == output.port }
        return Storage.productName(
            item: run.order.item, output: output.name, mime: port?.mime ?? "dat")
    }
}
