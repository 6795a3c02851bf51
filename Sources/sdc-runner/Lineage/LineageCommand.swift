import ArgumentParser
import Execution
import Foundation
import GroundSegment
import Workflows

/// `sdc-runner lineage`
struct LineageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lineage",
        abstract: "Say what a product, or each file of a run, was made from.",
        discussion: """
            A product is named by its name, its path or its SHA-256, and followed through all runs \
            that the state folder has, whatever the SDC. Of a run each output port is told with \
            the files that it was made from; with --runs, the runs that made what it reads, and \
            those that read what it made.

            --openlineage prints events of a run and of its payloads' attempts in the form of \
            OpenLineage 2-0-2, one JSON document a line: START, then COMPLETE, FAIL or ABORT, with \
            the files that were read and made. With --follow it goes on until the run has ended.

              sdc-runner lineage tile/T1/mosaic.fits
              sdc-runner lineage 17 --sdc SDC-FR
              sdc-runner lineage 17 --runs
              sdc-runner lineage tile/T1/mosaic.fits --prov > mosaic.prov.json
              sdc-runner lineage 17 --openlineage --follow
            """)

    @Argument(help: "A product, or the identifier or number of a run.")
    var name: String

    @Flag(help: "Print W3C PROV in JSON.")
    var prov = false

    @Flag(help: "Of a run: the runs before and after it.")
    var runs = false

    @Flag(name: .customLong("openlineage"), help: "Of a run: events of OpenLineage, one a line.")
    var openLineage = false

    @Flag(help: "With --openlineage: go on until the run has ended.")
    var follow = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        let forms = [prov, runs, openLineage].count { $0 }
        guard forms < 2 else {
            throw ValidationError("--prov, --runs and --openlineage exclude each other")
        }
        if prov && store.answer.json {
            throw ValidationError("--prov and --json exclude each other")
        }
        if follow && !openLineage { throw ValidationError("--follow needs --openlineage") }
        if (runs || openLineage) && !isRun {
            throw ValidationError("\(name): expected the identifier or number of a run")
        }
    }

    private var isRun: Bool {
        name.allSatisfy(\.isNumber) || name.hasPrefix("RUN_") && !name.contains("/")
    }

    private struct OfRun: Encodable {
        let run: String
        let lineage: [LineageRow]
    }

    func run() async throws {
        try await store.reporting {
            if openLineage { return try await tellEvents() }
            if runs {
                let (place, facts) = try await store.run(name)
                let neighbours = try await place.store.neighbours(
                    of: facts, place.configuration.storage)
                return try store.show(neighbours, neighbours.text)
            }
            let (found, tree) =
                isRun ? ([try await store.run(name).facts], nil) : try await search()
            if prov {
                print(Provenance(found) { store.configuration($0.sdc) }.json)
            } else if let tree {
                try store.show(tree, tree.lines.joined(separator: "\n"))
            } else if let facts = found.first {
                let page = RunPage(
                    facts, store.configuration(facts.sdc), at: store.now)
                try store.show(
                    OfRun(run: page.run.run, lineage: page.lineage),
                    LineageRow.table(page.lineage).text)
            }
        }
    }

    /// Prints the events of a run, each once.
    private func tellEvents() async throws {
        var told: Set<String> = []
        while true {
            let (place, facts) = try await store.run(name)
            let events = facts.openLineage(place.configuration, seen: follow ? store.now : nil)
            for event in events where told.insert(event.identifier).inserted {
                print(event.json.encoded)
            }
            fflush(nil)
            guard follow, !facts.isOver else { return }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// The product's origin, and the runs that were met.
    private func search() async throws -> ([RunFacts], ProductLineage?) {
        // A product may have been made at another SDC than where it is asked for.
        var search = LineageSearch(try store.places().map { ($0.store, $0.configuration) })
        let tree = try await search.lineage(of: name)
        return (search.runs, tree)
    }
}
