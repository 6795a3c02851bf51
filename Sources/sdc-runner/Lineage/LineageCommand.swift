import ArgumentParser
import Execution
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
            the files that it was made from.

              sdc-runner lineage tile/T1/mosaic.fits
              sdc-runner lineage 17 --sdc SDC-FR
              sdc-runner lineage tile/T1/mosaic.fits --prov > mosaic.prov.json
            """)

    @Argument(help: "A product, or the identifier or number of a run.")
    var name: String

    @Flag(help: "Print W3C PROV in JSON.")
    var prov = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        if prov && store.answer.json {
            throw ValidationError("--prov and --json exclude each other")
        }
    }

    private struct OfRun: Encodable {
        let run: String
        let lineage: [LineageRow]
    }

    func run() async throws {
        try await store.reporting {
            let isRun = name.allSatisfy(\.isNumber) || name.hasPrefix("RUN_") && !name.contains("/")
            let (runs, tree) = isRun ? ([try await store.run(name).facts], nil) : try await search()
            if prov {
                print(Provenance(runs) { store.configuration($0.sdc) }.json)
            } else if let tree {
                try store.show(tree, tree.lines.joined(separator: "\n"))
            } else if let facts = runs.first {
                let page = RunPage(
                    facts, store.configuration(facts.sdc), at: store.now)
                try store.show(
                    OfRun(run: page.run.run, lineage: page.lineage),
                    LineageRow.table(page.lineage).text)
            }
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
