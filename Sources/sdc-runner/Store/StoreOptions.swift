import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Payloads

/// The options that say whose runs are looked at; a store is only read, whether its runner runs
/// or not.
struct StoreOptions: ParsableArguments {
    @Option(help: "Folder of the runners' state.")
    var state = ProgramPlaces.state

    @Option(help: "Only this SDC; by default all that have a state there.")
    var sdc: String?

    @Option(help: "Folder of the SDCs' storages.")
    var storage = ProgramPlaces.storage

    @OptionGroup var answer: AnswerOptions

    /// The instant to which these commands' answers belong.
    var now: MJD { WallClock.system.now }

    /// A store and what is around it.
    struct Place {
        let sdc: ID<SDC>
        let store: RunStore
        let configuration: RunnerConfiguration
    }

    /// The stores that there are.
    func places() throws -> [Place] {
        guard let found = try? FileManager.default.contentsOfDirectory(atPath: state) else {
            throw CommandError(.unknownItem, "\(state): there is no such folder")
        }
        return try (sdc.map { [$0] } ?? found.sorted()).compactMap { name in
            let path = RunStore.path(state: state, sdc: ID(name))
            guard FileManager.default.fileExists(atPath: path) else {
                if sdc == nil { return nil }
                throw CommandError(.unknownItem, "\(path): there is no such store")
            }
            return Place(
                sdc: ID(name), store: try RunStore(reading: path),
                configuration: configuration(ID(name)))
        }
    }

    func configuration(_ sdc: ID<SDC>) -> RunnerConfiguration {
        RunnerConfiguration(
            storage: Storage(root: SiteOptions.absolute(storage), sdc: sdc),
            state: SiteOptions.absolute(state), room: Room(cores: 1, memory: 1))
    }

    /// The runs of all stores that a filter admits, oldest first.
    func runs(_ filter: RunFilter, isWhole: Bool = false) async throws -> [RunFacts] {
        let now = self.now
        var runs: [RunFacts] = []
        for place in try places() {
            runs += try await place.store.facts(of: place.sdc, filter, at: now, isWhole: isWhole)
        }
        return runs
    }

    /// The one run of this identifier or number.
    func run(_ name: String) async throws -> (place: Place, facts: RunFacts) {
        var filter = RunFilter()
        filter.name = name
        var found: [(place: Place, facts: RunFacts)] = []
        for place in try places() {
            found += try await place.store.facts(
                of: place.sdc, filter, at: now, isWhole: true
            ).map { (place, $0) }
        }
        guard let first = found.first else {
            var end = ""
            for place in try places() {
                guard let time = try? await place.store.removal(of: name) else { continue }
                end = ": it was removed at \(time.exactISO8601)"
            }
            throw CommandError(.unknownItem, "there is no run \(name)\(end)")
        }
        guard found.count == 1 else {
            let sdcs = found.map(\.place.sdc.text).joined(separator: ", ")
            throw CommandError(.usage, "run \(name) is at \(sdcs): say which with --sdc")
        }
        return first
    }

    /// Does the work of a command; what fails ends it with its exit status.
    func reporting(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error as ExecutionError where error.code == .unknownItem {
            throw CommandError(.unknownItem, error.message)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }

    /// Prints an answer, as JSON where that was asked for.
    func show(_ value: some Encodable, _ text: @autoclosure () -> String) throws {
        try answer.show(value, text())
    }
}
