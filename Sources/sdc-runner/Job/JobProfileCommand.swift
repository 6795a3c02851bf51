import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner job profile`
struct JobProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Show what a payload used as time went on, beside what it was given.",
        discussion: """
            The whole tree of its processes, sampled every few seconds; %CPU is of the requested \
            cores.

              sdc-runner job profile 17/vis
              sdc-runner job profile 17/vis#1 --csv > profile.csv
            """)

    @Flag(help: "Print comma-separated values.")
    var csv = false

    @OptionGroup var options: JobOptions

    func validate() throws {
        if csv && options.store.answer.json {
            throw ValidationError("--csv and --json exclude each other")
        }
    }

    func run() async throws {
        try await options.store.reporting {
            let (name, place, facts) = try await options.find()
            let profile = try await place.store.profile(of: name, in: facts)
            if csv { return print(profile.csv) }
            try options.store.show(profile, profile.text)
        }
    }
}
