import GroundSegment
import Testing

@testable import Campaigns

@Suite struct CampaignGraphTests {
    /// vis, nir -> mer -> phz, with data from outside.
    private static func release() throws -> CampaignGraph {
        try CampaignGraph(
            tasks: [
                .sample("phz", reads: ["catalogues"], writes: ["redshifts"]),
                .sample("vis", reads: ["frames"], writes: ["images"], unit: .observation),
                .sample("nir", reads: ["frames"], writes: ["infrared"], unit: .observation),
                .sample("mer", reads: ["images", "infrared"], writes: ["catalogues"]),
            ],
            outside: [OutsideData(id: "frames", unit: .observation, product: "raw")],
            results: ["catalogues"])
    }

    @Test func `every data set goes from its producer or the entry to its readers or the exit`()
        throws
    {
        let edges = try Self.release().edges.map { "\($0.from) -\($0.data)-> \($0.to)" }
        #expect(
            edges == [
                "entry -frames-> vis", "entry -frames-> nir", "phz -redshifts-> exit",
                "vis -images-> mer", "nir -infrared-> mer", "mer -catalogues-> phz",
                "mer -catalogues-> exit",
            ])
    }

    @Test func `a task comes after those whose data it reads, otherwise as it was given`() throws {
        let graph = try Self.release()
        #expect(graph.order == ["vis", "nir", "mer", "phz"])
        #expect(graph.parents(of: "mer") == ["vis", "nir"])
        #expect(graph.children(of: "vis") == ["mer"])
        #expect(graph.ancestors(of: "phz") == ["vis", "nir", "mer"])
        #expect(graph.descendants(of: "nir") == ["mer", "phz"])
    }

    @Test(arguments: [
        ([["a"], ["b", "a"], ["c", "b"]], CampaignGraph.Shape.chain),
        ([["a"]], .chain),
        ([["a"], ["b"], ["c"]], .bag),
        ([["a"], ["b", "a"], ["c"], ["d", "c"]], .chains),
        ([["a"], ["b", "a"], ["c", "a"]], .graph),
        ([["a"], ["b"], ["c", "a", "b"]], .graph),
    ])
    func `a graph knows its shape`(tasks: [[String]], shape: CampaignGraph.Shape) throws {
        // Each task writes the data set of its name and reads those of the names after it.
        let graph = try CampaignGraph(
            tasks: tasks.map { .sample($0[0], reads: Array($0.dropFirst()), writes: [$0[0]]) })
        #expect(graph.shape == shape)
    }

    @Test func `all faults are told at once`() {
        let tasks: [CampaignTask] = [
            .sample("a", reads: ["z"], writes: ["x"]),
            .sample("b", reads: ["x"], writes: ["y"]),
            .sample("c", reads: ["y", "nothing"], writes: ["z", "x"]),
            .sample("c", writes: ["w", "w"]), .sample("exit"),
            .sample("n", reads: ["frames"], unit: .number, count: 5),
        ]
        let outside = [
            OutsideData(id: "frames", unit: .observation),
            OutsideData(id: "unread", unit: .tile), OutsideData(id: "frames", unit: .tile),
        ]
        do throws(CampaignGraphError) {
            _ = try CampaignGraph(tasks: tasks, outside: outside, results: ["missing"])
            Issue.record("a graph of faults")
        } catch {
            #expect(
                error.faults.map(\.description) == [
                    "found a second task named c, expected a name of its own",
                    "found a task named exit, expected another name: exit is that of a pseudo-task",
                    "found a second data set named frames, expected a name of its own",
                    "found a second producer of data set x, beside task a, expected one producer of "
                        + "each data set",
                    "found data set w twice, expected each data set once",
                    "found data set nothing, which nobody makes, expected an output of a task, or "
                        + "one of data",
                    "found data set frames with a part for each observation, expected one whose "
                        + "parts the jobs can tell: of their own unit, of items, or of all",
                    "found data set missing, which nobody makes, expected an output of a task",
                    "found data set unread, which no task reads, expected a reader of it",
                    "found a cycle: a -> b -> c -> a, expected no cycle",
                ])
        }
    }

    @Test func `two cycles apart are told as two`() {
        let tasks: [CampaignTask] = [
            .sample("a", reads: ["b"], writes: ["a"]), .sample("b", reads: ["a"], writes: ["b"]),
            .sample("c", reads: ["c"], writes: ["c"]), .sample("d", reads: ["a", "c"]),
        ]
        do throws(CampaignGraphError) {
            _ = try CampaignGraph(tasks: tasks)
            Issue.record("a graph with cycles")
        } catch {
            #expect(error.faults == [.cycle(["a", "b"]), .cycle(["c"])])
        }
    }

    @Test func `a graph without a task is none, nor one of other counts of numbers`() {
        #expect(throws: CampaignGraphError(faults: [.noTasks])) { try CampaignGraph(tasks: []) }
        #expect(throws: CampaignGraphError(faults: [.count("s", of: 10, task: 1)])) {
            try CampaignGraph(
                tasks: [
                    .sample("a", writes: ["s"], unit: .number, count: 10),
                    .sample("b", reads: ["s"], unit: .number, count: 11),
                ])
        }
    }

    @Test func `a chain of 100,000 tasks is put into order`() throws {
        let tasks = (0..<100_000).reversed().map { place in
            CampaignTask.sample(
                "t\(place)", reads: place == 0 ? [] : ["d\(place - 1)"], writes: ["d\(place)"])
        }
        let graph = try CampaignGraph(tasks: tasks)
        #expect(graph.order.first == "t0")
        #expect(graph.order.last == "t99999")
        #expect(graph.shape == .chain)
    }
}
