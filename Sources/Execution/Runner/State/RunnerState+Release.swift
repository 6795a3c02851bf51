import GroundSegment
import Logging

extension RunnerState {
    /// Holds a run whose release of the pipelines' software is not the one that is installed, or is
    /// not all there, and lets it go on when it is again.
    mutating func checkRelease(of number: Int64, at now: MJD) throws {
        guard let run = runs[number], !run.life.isStopping else { return }
        let release = run.origin.softwareRelease
        if let reason = configuration.refusal(ofRelease: release)
            ?? configuration.environment?.lack(ofRelease: release)
        {
            guard !run.life.isHeld else { return }
            logger.error("run held", metadata: metadata(run, ["cause": "\(reason)"]))
            try apply(.hold(nil, reason), to: number, at: now)
        } else if run.life.isHeld, RunnerConfiguration.isOfRelease(run.life.message) {
            try apply(.release(nil), to: number, at: now)
        }
    }
}
