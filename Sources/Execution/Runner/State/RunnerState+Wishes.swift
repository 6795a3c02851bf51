import GroundSegment
import Logging

extension RunnerState {
    /// Asks what operators want of the orders that are here; it is also a sign of the runner.
    mutating func askWishes() {
        guard !isAskingWishes else { return }
        isAskingWishes = true
        effects.append(.askWishes)
    }

    /// Carries out what is wanted and not done yet.
    ///
    /// All wishes come each time. A priority counts when it changes at the source, so that one
    /// which an operator gives the run here stays until then.
    ///
    /// - Throws: where another runner has taken over.
    mutating func wishes(
        _ result: Result<[OrderWish], ExecutionError>, at now: MJD
    ) throws {
        isAskingWishes = false
        let wishes: [OrderWish]
        switch result {
        case .success(let answer): wishes = answer
        case .failure(let error) where error.code == .busy: throw error
        case .failure(let error):
            logger.info("wishes are not known", metadata: ["cause": "\(error)"])
            return
        }
        let numbers = Dictionary(
            runs.values.compactMap { run in run.order.map { ($0.id, run.number) } }
        ) { first, _ in first }
        for wish in wishes {
            guard let number = numbers[wish.order], let run = runs[number] else { continue }
            if let reason = wish.cancellation {
                guard !run.life.isStopping else { continue }
                logger.notice("order cancelled", metadata: metadata(run, ["cause": "\(reason)"]))
                try apply(.cancel(reason), to: number, at: now)
            } else if wish.priority != run.wishedPriority ?? run.origin.priority {
                runs[number]?.wishedPriority = wish.priority
                let (difference, isTooLarge) = wish.priority.subtractingReportingOverflow(
                    run.origin.priority)
                let limit = RunLife.maximumPriority
                let change = isTooLarge ? limit : min(max(difference, -limit), limit)
                try apply(.priority(nil, change), to: number, at: now)
            }
        }
    }
}
