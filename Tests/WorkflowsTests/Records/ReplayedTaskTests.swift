import Foundation
import Testing

@testable import Workflows

@Suite struct ReplayedTaskTests {
    private func montage() throws -> RecordedWorkflow {
        let file = "montage-chameleon-2mass-005d-001.json"
        return try WfFormatReader.read(Sample.data("wfinstances/\(file)"), file: file)
    }

    @Test func `a replay lasts, works and occupies as recorded, scaled`() throws {
        let graph = try montage().replay(ReplayTerms(seconds: 0.5, memory: 2))
        let node = try #require(
            graph.body.place(of: "mProject_ID0000001").map { graph.body.nodes[$0] })
        let executable = try #require(node.executable)
        #expect(executable.name == "mProject")
        #expect(
            [executable.command] + executable.arguments.dropLast() == [
                "sample-step", "--seconds=8.356", "--cores=0.976723", "--mebibytes=28",
            ])
        // 14.8 MB twice, and what the program needs itself.
        #expect(executable.resources.memory == 32 + 29)
        #expect(executable.resources.walltime == 60 + 83.56)
        #expect(try Graph(document: graph.document, file: "montage") == graph)
    }

    @Test func `a payload says which task it stands for, and of which files`() throws {
        let record = try montage()
        let graph = record.replay(ReplayTerms(seconds: 0))
        for (node, task) in zip(graph.body.nodes, record.tasks) {
            let replayed = try #require(node.executable.flatMap { ReplayedTask($0) })
            #expect(replayed.workflow == "montage")
            #expect(replayed.task == task.id)
            #expect(replayed.program == task.program)
            #expect(replayed.arguments == task.arguments)
            #expect(replayed.reads.map(\.name) == task.inputs)
            #expect(replayed.writes.map(\.name) == task.outputs)
            #expect(replayed.writes.map(\.size) == task.outputs.map { record.files[$0] ?? 0 })
        }
    }

    @Test func `more files than an argument holds are in several`() throws {
        let files = (0..<5000).map { "file-number-\($0)-é.fits" }
        let task = RecordedWorkflow.Task(
            id: "t", name: "t", program: "p", parents: [], children: [], runtime: 1, cores: 1,
            inputs: files, outputs: [])
        let record = RecordedWorkflow(name: "r", tasks: [task])
        let graph = record.replay(ReplayTerms())
        let executable = try #require(graph.body.nodes[0].executable)
        #expect(executable.arguments.count > 3)
        #expect(executable.arguments.allSatisfy { $0.utf8.count < 131_072 })
        #expect(ReplayedTask(executable)?.reads.map(\.name) == files)
    }

    @Test func `another program replays nothing`() {
        for (command, arguments) in [
            ("sample-step", ["--seconds=1"]), ("sample-step", ["--record={}"]),
            ("other", ["--record={}"]),
        ] {
            let executable = Executable(
                name: "x", command: command, arguments: arguments, resources: Resources())
            #expect(ReplayedTask(executable) == nil)
        }
    }
}
