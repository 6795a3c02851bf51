import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment

/// A payload that a command is about.
struct JobOptions: ParsableArguments {
    @Argument(help: "The payload: RUN/PATH, or RUN/PATH#ATTEMPT for an earlier attempt.")
    var job: String

    @Option(help: "Folder of the pipelines' documents, by which programs are found.")
    var pipelines = ProgramPlaces.pipelines

    @Option(help: "Folder of the SDCs' descriptions, which say what is sourced before programs.")
    var sdcs: String?

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard JobName(job) != nil else {
            throw ValidationError("\(job): expected RUN/PATH, such as 17/correct.iterations.3.flat")
        }
    }

    /// The payload's name, its run, and where that is.
    func find() async throws -> (name: JobName, place: StoreOptions.Place, facts: RunFacts) {
        guard let name = JobName(job) else { throw CommandError(.usage, "\(job): no payload") }
        let (place, facts) = try await store.run(name.run)
        return (name, place, facts)
    }

    /// A place's configuration, with what its SDC's description says of releases.
    ///
    /// - Throws: `CommandError` where that has faults, or does not know the run's release.
    func configuration(_ place: StoreOptions.Place, _ facts: RunFacts) throws -> RunnerConfiguration
    {
        var configuration = place.configuration
        guard let sdcs else { return configuration }
        configuration.environment = try SiteEnvironment.read(folder: sdcs, sdc: place.sdc)
        try configuration.checkRelease(of: facts)
        return configuration
    }

    /// The pipelines' programs; `nil` where their folder is not here, or not good.
    var library: PipelineLibrary? { SiteOptions.library(pipelines) }
}
