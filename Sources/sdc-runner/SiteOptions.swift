import ArgumentParser
import BatchSystems
import Commands
import Execution
import Foundation
import GroundSegment
import Ingestion
import Payloads

/// The options that say where a runner works.
struct SiteOptions: ParsableArguments {
    @Option(help: "The SDC to serve: SDC-FR.")
    var sdc: String

    @Option(help: "Folder of the SDCs' storages; the SDC's own is the folder of its name there.")
    var storage = ProgramPlaces.storage

    @Option(help: "Folder of the pipelines' documents (*.json).")
    var pipelines = ProgramPlaces.pipelines

    @Option(
        help: """
            Release of the pipelines' software that is installed; by default what the file RELEASE \
            in the pipelines' folder says. What asks for another one is refused.
            """)
    var release: String?

    @Option(help: "Folder of the runner's own state; it makes a folder of the SDC's name there.")
    var state = ProgramPlaces.state

    @Option(
        help: "Folder of the SDCs' descriptions and calendars; without it all are taken to be up.")
    var sdcs: String?

    @OptionGroup var database: DatabaseOptions

    @Option(help: "Folder of orders and reports, in place of a catalogue.")
    var orders: String?

    @Option(
        help: """
            Cores to use at the same time; all of the machine by default, at a batch system as many \
            jobs as the SDC's description allows.
            """)
    var slots: Int?

    @Option(help: "Memory to use at the same time, MiB; all of the machine by default.")
    var memory: Int?

    @Option(help: "Identities of the graphics processors that payloads may use: 0,1.")
    var gpus: String?

    @Flag(help: "Among equals, finish branches of a run before others of it are begun.")
    var depthFirst = false

    @Option(help: "File of the site's rules for attempts without success; see `rules`.")
    var verdictRules: String?

    @Option(
        help: "Payloads of a node that run before its others, which get what those used; 0 none.")
    var scouts = 0

    @OptionGroup var clusters: ClusterOptions
    @OptionGroup var retention: RetentionOptions

    func validate() throws {
        try clusters.validate()
        guard (0...1_000_000).contains(scouts) else {
            throw ValidationError("--scouts \(scouts): expected 0 to 1000000")
        }
        try retention.validate()
        if [database.database, database.directory, orders].compactMap({ $0 }).count > 1 {
            throw ValidationError("--database, --directory and --orders exclude each other")
        }
        for (name, value) in [("--slots", slots), ("--memory", memory)] {
            if let value, value < 1 {
                throw ValidationError("\(name) \(value): expected at least 1")
            }
        }
    }

    func configuration(clock: WallClock) throws -> RunnerConfiguration {
        let known = try calendars(around: clock.now)
        var faults = SiteFaults()
        let batch = try faults.reading { try batchSite() } ?? nil
        let choice = try faults.reading { try choiceRule() }
        let transports = try faults.reading { try sdcs.map { try SiteTransport.read(folder: $0) } }
        let environment = try faults.reading {
            try sdcs.map { try SiteEnvironment.read(folder: $0, sdc: ID(sdc)) } ?? nil
        }
        try faults.check()
        var configuration = RunnerConfiguration(
            storage: Storage(root: Self.absolute(storage), sdc: ID(sdc)),
            state: Self.absolute(state), room: room(batch), clock: clock,
            availability: { sdc, instant in known[sdc]?.availability(at: instant) ?? 1 })
        configuration.outages =
            known[ID(sdc)]?.maintenance.filter { $0.availability <= 0 }
            .map(\.window) ?? []
        configuration.batch = batch
        configuration.environment = environment ?? nil
        configuration.retention = retention.retention
        configuration.finishesBranches = depthFirst
        configuration.scouts = scouts
        configuration.release = try release ?? Self.release(in: Self.absolute(pipelines))
        if let verdictRules { configuration.rules = try VerdictRules(reading: verdictRules) }
        if let terms = clusters.terms { configuration.cluster = terms }
        configuration.selfTestPipelines = ProgramPlaces.selfTest(of: Self.absolute(pipelines))
        if let choice { configuration.choice = choice }
        if let transports = transports ?? nil { configuration.transports = transports }
        return configuration
    }

    private func choiceRule() throws -> ChoiceRule {
        try sdcs.map { try ChoiceRule.read(folder: $0, sdc: ID(sdc)) } ?? ChoiceRule()
    }

    /// What payloads may use at a time: of this machine, or of the batch system as many jobs as the
    /// site allows, each as large as any machine.
    private func room(_ batch: BatchSite?) -> Room {
        let names = gpus?.split(separator: ",").map(String.init)
        if let settings = batch?.settings, settings.mode == .pilots {
            return pilotRoom(settings.pilots.enabled, most: settings.maxJobs)
        }
        guard let jobs = batch?.settings.maxJobs else {
            return Room(
                cores: slots ?? ProcessInfo.processInfo.activeProcessorCount,
                memory: memory ?? Int(ProcessInfo.processInfo.physicalMemory >> 20),
                gpus: names ?? [])
        }
        return Room(
            cores: slots ?? 1024 * jobs, memory: memory ?? (jobs << 20),
            gpus: names ?? (0..<min(16 * jobs, 1024)).map(String.init))
    }

    /// As many cores as all pilots have together, and what one of them has of the rest.
    private func pilotRoom(_ classes: [PilotClass], most: Int) -> Room {
        let cores = classes.map { $0.cores * min($0.maxInstances, most) }.reduce(0) {
            min($0 + $1, 1 << 20)
        }
        return Room(
            cores: slots ?? max(1, cores),
            memory: memory ?? classes.map(\.memory).max() ?? 1,
            gpus: (0..<(classes.map(\.gpus).max() ?? 0)).map(String.init))
    }

    /// The SDC's batch system, where its description says how it is used.
    ///
    /// - Throws: `CommandError` with all faults of the description.
    func batchSite() throws -> BatchSite? {
        guard let sdcs else { return nil }
        let file = "\(sdcs)/\(sdc).yaml"
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        do throws(BatchSystemError) {
            return try BatchSite.read(String(decoding: data, as: UTF8.self), file: file)
        } catch {
            throw CommandError(error)
        }
    }

    /// The SDCs with their calendars, for a year from `instant`; none where no folder is named.
    private func calendars(around instant: MJD) throws -> [ID<SDC>: SDC] {
        guard let sdcs else { return [:] }
        let known: [ID<SDC>: SDC]
        do {
            let read = try SDCReader.read(
                sdcs, within: TimeWindow(start: instant + -1, end: instant + 366))
            known = Dictionary(read.map { ($0.id, $0) }) { first, _ in first }
        } catch {
            throw CommandError(.badInput, lines: error.diagnostics.map(\.description))
        }
        guard known[ID(sdc)] != nil else {
            let names = known.keys.sorted().map(\.text).joined(separator: ", ")
            throw CommandError(.unknownItem, "\(sdc) is not in \(sdcs); known are \(names)")
        }
        return known
    }

    func pipelineLibrary() throws -> PipelineLibrary {
        try PipelineLibrary(folder: Self.absolute(pipelines), searchPath: Self.searchPath)
    }

    /// The release that the file `RELEASE` of the pipelines' folder says; `nil` where there is none.
    static func release(in folder: String) throws -> String? {
        let file = "\(folder)/RELEASE"
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        let text = String(decoding: data.prefix(4096), as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
        guard !text.isEmpty, text.utf8.count <= 100, printable(text.utf8) == text else {
            throw CommandError(
                .badInput, "\(file): expected one line of 1 to 100 printable bytes")
        }
        return text
    }

    /// Where programs are looked for that a pipeline names without a path.
    static var searchPath: [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return [ProgramPlaces.programs] + path.split(separator: ":").map(String.init)
    }

    /// The pipelines of a folder; `nil` where it is not here, or not good.
    static func library(_ folder: String) -> PipelineLibrary? {
        try? PipelineLibrary(folder: absolute(folder), searchPath: searchPath)
    }

    /// Path of the program that runs payloads.
    static func agent() throws -> String {
        let path = "\(ProgramPlaces.programs)/sdc-payload"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw CommandError(.serviceMissing, "\(path): the payloads' agent is not there")
        }
        return path
    }

    func orderSource() async throws -> any OrderSource {
        if let orders { return try FolderOrderSource(root: Self.absolute(orders), sdc: ID(sdc)) }
        return try await reportingErrors {
            try await CatalogueOrderSource(database.address(), sdc: ID(sdc))
        }
    }

    static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
