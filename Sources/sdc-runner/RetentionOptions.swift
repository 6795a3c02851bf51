import ArgumentParser
import Execution

/// The options that say how much is kept of runs that have ended.
struct RetentionOptions: ParsableArguments {
    @Option(help: "Days for which the logs of ended runs, and the work of failed ones, are kept.")
    var keepDays = Retention().age

    @Option(help: "Ended runs of which these are kept at most.")
    var keepRuns = Retention().count

    @Option(name: .customLong("keep-mib"), help: "MiB that these may take at most.")
    var keepMebibytes = Retention().bytes >> 20

    /// MiB that a number of bytes may hold.
    private static let mostMebibytes = 1 << 40

    func validate() throws {
        guard keepDays.isFinite, keepDays >= 0, keepRuns >= 0,
            (0...Self.mostMebibytes).contains(keepMebibytes)
        else {
            throw ValidationError("--keep-days, --keep-runs, --keep-mib: expected 0 or more")
        }
    }

    var retention: Retention {
        Retention(age: keepDays, count: keepRuns, bytes: keepMebibytes << 20)
    }
}
