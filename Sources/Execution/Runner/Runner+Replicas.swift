import GroundSegment
import Logging

extension Runner {
    /// Sends products to owners that a publication made such after they were made.
    func moveReplicas() {
        let (keeping, source, logger, clock) = (keeping, source, logger, configuration.clock.now)
        Task { [events] in
            var count = 0
            do {
                for owed in try await source.owedReplicas(clock: clock) {
                    let replica = PendingReplica(
                        product: ProductDocument(owed.product), survey: owed.survey.text,
                        to: owed.to.text)
                    do {
                        let made = try await keeping.work.run { try keeping.replicate(replica) }
                        try await source.record(made)
                        count += 1
                        logger.info(
                            "sent to its new owner",
                            metadata: ["product": "\(made.product)", "to": "\(made.to)"])
                    } catch let error as ExecutionError where error.code != .busy {
                        await source.noteFailure(of: owed, because: "\(error)")
                        logger.notice(
                            "a new owner has to wait",
                            metadata: [
                                "product": "\(owed.product.name)", "to": "\(owed.to)",
                                "cause": "\(error)",
                            ])
                    }
                }
            } catch {
                logger.info("new owners are not known", metadata: ["cause": "\(error)"])
            }
            events.post(.moved(count))
        }
    }
}
