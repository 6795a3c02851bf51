import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunFilesTests {
    private let storage = Storage(root: "/storage", sdc: "SDC-FR")

    /// `correct` makes a flat of flats and dark, and a dark of dark alone; `sum` reads the flat.
    private var graph: Graph {
        let correct = Executable(
            name: "correct", command: "c",
            inputs: [.init(name: "flats", content: .listfile), .init(name: "dark")],
            outputs: [
                .init(name: "flat", mime: "fits", lineage: ["flats", "dark"]),
                .init(name: "map", mime: "fits", lineage: ["dark"]),
            ], resources: Workflows.Resources())
        let sum = Executable(
            name: "sum", command: "s", inputs: [.init(name: "flat")],
            outputs: [.init(name: "total", mime: "txt", lineage: ["flat"])],
            resources: Workflows.Resources())
        return Graph(
            name: "p",
            inputs: [
                GraphInput(name: "f", content: .listfile, kind: "observation", product: "flat"),
                GraphInput(name: "d", content: .file, kind: "observation", product: "dark"),
            ],
            body: GraphBody(nodes: [
                Node(
                    id: "correct", kind: .exec(correct),
                    sources: ["flats": .input("f"), "dark": .input("d")]),
                Node(
                    id: "sum", kind: .exec(sum),
                    sources: ["flat": .port(node: "correct", port: "flat")]),
            ]), outputs: [GraphOutput(name: "total", node: "sum", port: "total")])
    }

    private func facts() throws -> RunFacts {
        try SampleRuns.run(
            graph, [.completed, .completed], state: .completed,
            attempts: [
                SampleRuns.attempt(0, .completed, code: 0),
                SampleRuns.attempt(1, .completed, code: 0),
            ],
            outputs: [
                output(0, "flat", "fits"), output(0, "map", "fits"), output(1, "total", "txt"),
            ],
            inputs: [
                input("f", "observation/1/flat.fits"), input("f", "observation/2/flat.fits"),
                input("d", ""),
            ])
    }

    private func output(_ payload: Int, _ port: String, _ mime: String) -> StoredOutput {
        StoredOutput(
            payload: payload, port: port, path: "/work/\(port).\(mime)",
            digest: FileDigest(bytes: 10, sha256: "digest-\(port)"))
    }

    private func input(_ port: String, _ product: String) -> StagedInput {
        StagedInput(
            port: port, product: product, item: nil,
            path: "/in/\(product.isEmpty ? "dark" : "flat")",
            isCached: false, sha256: "digest")
    }

    @Test("a file is made from the ports of its lineage, followed to the run's inputs")
    func lineage() throws {
        let rows = RunFiles(try facts(), storage).lineage
        #expect(
            rows.map { "\($0.task).\($0.port)" } == ["correct.flat", "correct.map", "sum.total"])
        #expect(
            rows.map { $0.used.flatMap(\.files) } == [
                ["observation/1/flat.fits", "observation/2/flat.fits", "/in/dark"], ["/in/dark"],
                ["/work/flat.fits"],
            ])
        let flats = ["observation/1/flat.fits", "observation/2/flat.fits"]
        #expect(rows.map(\.sources) == [["/in/dark"] + flats, ["/in/dark"], ["/in/dark"] + flats])
        #expect(rows[2].file == "/storage/SDC-FR/.runs/RUN_7/total.txt")
    }

    @Test("a file is found by its path where it was made, where it is kept, and by its digest")
    func row() throws {
        let files = RunFiles(try facts(), storage)
        for name in ["/work/total.txt", "/storage/SDC-FR/.runs/RUN_7/total.txt", "digest-total"] {
            #expect(files.row(of: name)?.port == "total", "\(name)")
        }
        #expect(files.row(of: "/work/other") == nil)
    }

    @Test("the provenance has each file, payload and release, joined by ports")
    func provenance() throws {
        let provenance = Provenance([try facts()]) { _ in SampleRuns.configuration }
        #expect(
            provenance.entities.map(\.id) == [
                "observation/1/flat.fits", "observation/2/flat.fits", "/in/dark",
                "/work/flat.fits", "/work/map.fits", "/storage/SDC-FR/.runs/RUN_7/total.txt",
            ])
        #expect(provenance.activities.map(\.id) == ["RUN_7/correct#1", "RUN_7/sum#1"])
        #expect(provenance.activities[0].used.map(\.port) == ["flats", "flats", "dark"])
        #expect(provenance.activities[1].made.map(\.port) == ["total"])
        #expect(provenance.agents.map(\.version) == ["2.1"])
        #expect(
            provenance.derivations.map { "\($0.made) \($0.from)" } == [
                "/work/flat.fits /in/dark", "/work/flat.fits observation/1/flat.fits",
                "/work/flat.fits observation/2/flat.fits", "/work/map.fits /in/dark",
                "/storage/SDC-FR/.runs/RUN_7/total.txt /work/flat.fits",
            ])
    }
}
