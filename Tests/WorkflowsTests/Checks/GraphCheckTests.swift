import Testing

@testable import Workflows

@Suite struct GraphCheckTests {
    private let classes = [
        ResourceClass(name: "small", cores: 4, memory: 8192, walltime: 7200),
        ResourceClass(name: "large", cores: 16, memory: 65536, gpus: 1),
    ]

    private func graph(_ resources: Resources) -> Graph {
        let node = Node(
            id: "merge",
            kind: .exec(Executable(name: "merge", command: "true", resources: resources)))
        return Graph(
            name: "tile",
            body: GraphBody(nodes: [
                Node(id: "all", kind: .parallel(GraphBody(nodes: [node]), over: "x"))
            ]))
    }

    @Test func `what fits into a class is no fault`() {
        #expect(GraphCheck.shortfalls(graph(Resources(cores: 16, gpus: 1)), classes: classes) == [])
        #expect(GraphCheck.shortfalls(graph(Resources(walltime: 1e6)), classes: classes) == [])
    }

    @Test func `what fits nowhere is told with the class and what it lacks`() {
        let faults = GraphCheck.shortfalls(
            graph(Resources(cores: 64, memory: 1024, gpus: 2)), classes: classes)
        #expect(
            faults.map(\.description) == [
                "tile: node all.merge: resources: found class small lacks "
                    + "60 cores (64 needed, 4 there) and 2 GPUs (2 needed, 0 there), "
                    + "expected resources that a class of the site has"
            ])
    }

    @Test func `every class says what it lacks`() {
        let found = GraphCheck.missing(
            Resources(cores: 1, memory: 70_000, walltime: 8000), classes: classes)
        #expect(
            found?.map { $0.missing.map(\.description) } == [
                [
                    "61808 MiB of memory (70000 needed, 8192 there)",
                    "800 s of walltime (8000 needed, 7200 there)",
                ],
                ["4464 MiB of memory (70000 needed, 65536 there)"],
            ])
    }

    @Test func `a site without hosts has no room for anything`() {
        #expect(
            GraphCheck.shortfalls(graph(Resources()), classes: []).map(\.found) == [
                "no class of hosts"
            ])
    }
}
