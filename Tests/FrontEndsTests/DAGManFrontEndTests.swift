import Documents
import Foundation
import Testing
import Workflows

@testable import FrontEnds

@Suite struct DAGManFrontEndTests {
    private static let submit = """
        executable = work.sh
        arguments = "$(first) 'two words' 'it''s'"
        environment = "A=1 B='x y'"
        request_cpus = 2
        request_memory = 2 GB
        request_disk = 4096
        output = $(JOB).out
        queue
        """

    /// Writes files into a folder of the test's own and reads the first.
    private func read(_ files: [(String, String)]) throws -> Result<Graph, WorkflowError> {
        let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files {
            let path = "\(folder)/\(name)"
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        do throws(WorkflowError) {
            return .success(try DAGManFrontEnd().graph(of: "\(folder)/\(files[0].0)"))
        } catch {
            return .failure(error)
        }
    }

    @Test func `a diamond with retries, categories and an abort code is read`() throws {
        let graph = try read([
            (
                "diamond.dag",
                """
                # the usual
                JOB A work.sub
                JOB B work.sub DIR sub
                job C work.sub NOOP
                JOB D work.sub DONE
                PARENT A CHILD B C
                PARENT B C CHILD D
                VARS A first="1" other="say \\"hi\\""
                VARS ALL_NODES first="all"
                RETRY B 3 UNLESS-EXIT 7
                CATEGORY B big
                MAXJOBS big 2
                PRIORITY A 5
                ABORT-DAG-ON A 3 RETURN 1
                DOT graph.dot
                NODE_STATUS_FILE status 30
                """
            ), ("work.sub", Self.submit), ("sub/work.sub", Self.submit),
        ]).get()
        #expect(graph.name == "diamond")
        let nodes = Dictionary(graph.body.nodes.map { ($0.id, $0) }) { first, _ in first }
        #expect(nodes.keys.sorted() == ["A", "B", "C", "D"])
        #expect(nodes["B"]?.after == ["A"])
        #expect(nodes["D"]?.after == ["B", "C"])
        #expect(nodes["C"]?.kind == .group)
        #expect(nodes["D"]?.kind == .group)
        #expect(nodes["A"]?.policy.attempts == 1)
        #expect(nodes["B"]?.policy.attempts == 4)
        #expect(nodes["B"]?.policy.finalCodes == [7])
        #expect(nodes["B"]?.policy.category == "big")
        #expect(graph.categories == ["big": 2])
        #expect(nodes["A"]?.policy.priority == 5)
        #expect(nodes["A"]?.policy.abortCodes == [3: 1])
        let program = try #require(nodes["A"]?.executable)
        #expect(program.resources.cores == 2)
        #expect(program.resources.memory == 2048)
        #expect(program.resources.temporary == 4)
        #expect(
            program.arguments.last?.contains(
                "env A=1 B='x y' ./work.sh all 'two words' 'it'\\''s' > A.out") == true,
            "\(program.arguments.last ?? "")")
    }

    @Test func `splices and sub-DAGs are nested, and their categories their own`() throws {
        let graph = try read([
            (
                "outer.dag",
                """
                SPLICE X inner.dag
                SUBDAG EXTERNAL Y inner.dag
                JOB Z work.sub
                PARENT X CHILD Y
                PARENT Y CHILD Z
                FINAL last work.sub
                """
            ),
            (
                "inner.dag",
                """
                JOB A work.sub
                JOB B work.sub
                PARENT A CHILD B
                CATEGORY A slow
                MAXJOBS slow 1
                """
            ), ("work.sub", Self.submit),
        ]).get()
        #expect(graph.body.nodes.map(\.id) == ["X", "Y", "Z"])
        guard case .nested(let inner) = graph.body.nodes[0].kind else {
            Issue.record("X is no nested node")
            return
        }
        #expect(inner.nodes.map(\.id) == ["A", "B"])
        #expect(graph.categories == ["X-slow": 1, "Y-slow": 1])
        #expect(graph.final?.node.id == "last")
    }

    @Test func `a job stands between its scripts, whose status is the node's`() throws {
        let graph = try read([
            (
                "scripts.dag",
                """
                JOB A work.sub
                SCRIPT PRE A /bin/prepare $JOB
                SCRIPT DEFER 1 60 POST A judge.sh $RETURN $RETRY
                """
            ), ("work.sub", "executable = /bin/true\nqueue\n"),
        ]).get()
        let script = try #require(graph.body.nodes[0].executable?.arguments.last)
        let lines = script.split(separator: "\n").dropFirst().map(String.init)
        #expect(
            lines == [
                "code=0", "/bin/prepare A || exit $?", "(env /bin/true) || code=$?",
                "RETURN=$code",
                "./judge.sh \"$RETURN\" \"$((${SGS_ATTEMPT_NUMBER:-1} - 1))\"; code=$?",
                "exit $code",
            ])
    }

    @Test func `all faults are told, each with its file and line`() throws {
        guard
            case .failure(let error) = try read([
                (
                    "bad.dag",
                    """
                    JOB A work.sub
                    JOB A work.sub
                    PROVISIONER P work.sub
                    RETRY A many
                    PARENT A CHILD nobody
                    JOB B bad.sub
                    JOB C work.sub
                    PARENT B CHILD C
                    PARENT C CHILD B
                    """
                ), ("work.sub", "executable = /bin/true\nqueue\n"),
                ("bad.sub", "universe = java\nrequest_memory = plenty\nqueue 5\n"),
            ])
        else {
            Issue.record("there is no fault")
            return
        }
        let told = error.diagnostics.map { fault in
            fault.description.replacing(/^.*\//, with: "")
        }
        #expect(
            told == [
                "bad.dag:2: found node A again, expected a name of its own",
                "bad.dag:3: found the command PROVISIONER, expected one of: JOB, FINAL, "
                    + "SUBDAG EXTERNAL, SPLICE, PARENT, VARS, RETRY, SCRIPT, CATEGORY, MAXJOBS, "
                    + "PRIORITY, ABORT-DAG-ON, DONE, INCLUDE",
                "bad.dag:4: found many of RETRY, expected a whole number from 0 to 999",
                "bad.dag:5: found node nobody, expected a node of the same file",
                "bad.dag:6: found nodes that wait for one another: B, C, expected no cycle",
                "bad.sub:3: found queue 5, expected queue, of one job",
                "bad.sub:1: universe: found java, expected vanilla, local or scheduler",
                "bad.sub: executable: found nothing, expected a program",
                "bad.sub:2: request_memory: found plenty, expected a number, or one with KB, MB, "
                    + "GB or TB",
            ])
    }

    @Test(
        "what is no DAG is a fault, whatever its bytes and the ends of its lines",
        arguments: [
            ("", "no node"), ("\"", "no word"), ("\"\"\n\"", "no word"),
            ("JOB", "JOB without a node's name"),
            ("JOB A\r\nJOB B\r\n", "JOB without a file"), ("JOB A\0x b", "bytes that are no text"),
            ("PARENT\nCHILD", "PARENT"), ("SCRIPT", "SCRIPT"), ("\\", "no node"),
        ])
    func noDAG(text: String, found: String) throws {
        guard case .failure(let error) = try read([("bad.dag", text)]) else {
            Issue.record("there is no fault")
            return
        }
        #expect(error.diagnostics.contains { $0.found == found }, "\(error.diagnostics)")
    }

    @Test func `a pipe, a folder and a file that is too large are refused`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/folder.dag", withIntermediateDirectories: true)
        #expect(mkfifo(folder + "/pipe.dag", 0o600) == 0)
        try Data(count: 10_000_001).write(to: URL(fileURLWithPath: folder + "/large.dag"))
        for (name, found) in [
            ("folder.dag", "a folder"), ("pipe.dag", "a named pipe"),
            ("large.dag", "a file of 10000001 bytes"),
        ] {
            let error = #expect(throws: WorkflowError.self) {
                try DAGManFrontEnd().graph(of: "\(folder)/\(name)")
            }
            #expect(error?.diagnostics.map(\.found) == [found])
        }
    }

    @Test func `a file that includes itself is refused`() throws {
        guard
            case .failure(let error) = try read([
                ("a.dag", "JOB A work.sub\nINCLUDE a.dag\n"),
                ("work.sub", "executable = /bin/true\nqueue\n"),
            ])
        else {
            Issue.record("there is no fault")
            return
        }
        #expect(error.diagnostics.map(\.found) == ["files within one another: a.dag -> a.dag"])
    }
}
