import Foundation
import Workflows

/// What a rule's action means for a payload with this policy and this past.
struct Terms {
    let policy: NodePolicy
    let life: PayloadLife
    let message: String
    let rule: VerdictRule

    /// The longest wait before another attempt, s.
    static let longestWait = 86400.0

    func verdict(granted: Int) -> Verdict {
        switch rule.action {
        case .retry: retry()
        case .growMemory: grow(granted)
        case .loss: loss()
        case .fail: .failed(.payload, message: message)
        case .hold: .held(message: message)
        case .abort: .aborted(message: message)
        case .abortRun: .abortRun(status: rule.status ?? 1, message: message)
        }
    }

    private func retry(memory: Int? = nil) -> Verdict {
        guard life.failures + 1 < rule.limit ?? policy.attempts else {
            return .failed(.payload, message: message)
        }
        return .retry(
            Retry(.payload, message: message, wait: wait(life.failures), memory: memory))
    }

    private func loss() -> Verdict {
        guard life.losses < rule.limit ?? policy.losses else {
            return .failed(.infrastructure, message: message)
        }
        return .retry(Retry(.infrastructure, message: message, wait: wait(life.losses)))
    }

    /// m(n) = min(m(0) M^n, cap): once at the cap and no more. Where there is a cap it alone ends
    /// the growth, else the number of attempts does.
    private func grow(_ granted: Int) -> Verdict {
        guard policy.memoryMultiplier > 1 else { return retry() }
        let grown = (Double(granted) * policy.memoryMultiplier).rounded(.up)
        guard let cap = policy.memoryCap else {
            return retry(memory: Int(exactly: min(grown, 1e12)))
        }
        guard granted < cap else {
            return .failed(.payload, message: "\(message), the memory cap")
        }
        return .retry(
            Retry(
                .payload, message: message, wait: wait(life.failures),
                memory: Int(exactly: min(grown, Double(cap)))))
    }

    /// The wait before the next attempt after `count` earlier ones, s.
    private func wait(_ count: Int) -> Double { Self.wait(count, policy) }

    private static func wait(_ count: Int, _ policy: NodePolicy) -> Double {
        guard policy.wait > 0 else { return 0 }
        let wait = policy.wait * pow(max(policy.waitFactor, 0), Double(count))
        return wait.isFinite ? min(wait, longestWait) : longestWait
    }

    /// The longest wait that a payload with this past can have been given, s.
    static func longestWait(of life: PayloadLife, _ policy: NodePolicy) -> Double {
        max(1, wait(max(life.failures, life.losses), policy))
    }
}
