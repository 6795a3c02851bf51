import GroundSegment
import Logging

extension RunnerState {
    /// Holds a run whose release of the pipelines' software is not the one that is installed, and
    /// lets it go on when it is again.
    mutating func checkRelease(of number: Int64, at now: MJD) throws {
        guard let run = runs[number], !run.life.isStopping else { return }
        if let reason = configuration.refusal(ofRelease: run.origin.softwareRelease) {
            guard !run.life.isHeld else { return }
            logger.error("run held", metadata: metadata(run, ["cause": "\(reason)"]))
            try apply(.hold(nil, reason), to: number, at: now)
        } else if run.life.isHeld, run.life.message.hasPrefix("release "),
            run.life.message.hasSuffix(" is installed")
        {
            try apply(.release(nil), to: number, at: now)
        }
    }
}
