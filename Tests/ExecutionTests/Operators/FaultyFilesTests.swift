import Foundation
import Testing

@testable import Execution

/// The real program given files that describe no pipeline.
@Suite(.timeLimit(.minutes(12))) struct FaultyFilesTests {
    private static let head = """
        from euclidwf.framework.taskdefs import Executable, Input, Output
        from euclidwf.framework.workflow_dsl import pipeline
        one = Executable(command="one", inputs=[Input("a")], outputs=[Output("b")])

        """
    private static let tail = """

        @pipeline(outputs=("b",))
        def night(a):
            return one(a=a)
        """

    private static func script(_ fault: String) -> String { head + fault + tail }

    @Test(
        "a file at fault is told in one error, 65, and nothing is left behind",
        arguments: [
            ("import.py", script("import numpyy"), "import.py:4: found No module named 'numpyy'"),
            (
                "opens.py", script("import socket\nsocket.socket()"),
                "opens.py:5: found the script opens a connection"
            ),
            (
                "write.py", script("open('left', 'w')"),
                "write.py:4: found the script opens left for writing"
            ),
            (
                "print.py", script("print('x')"),
                "print.py:4: found the script prints to standard output"
            ),
            ("python2.py", script("print 'x'"), "python2.py:4: found Missing parentheses"),
            (
                "calls.py", script("for i in range(100_000): one(a=None)"),
                "calls.py:4: found a call of one outside of a pipeline"
            ),
            (
                "wide.py",
                head
                    + "@pipeline(outputs=('b',))\ndef night(a):\n    for i in range(100_000):\n        b = one(a=a)\n    return b",
                "wide.py:7: found more than 20000 calls"
            ),
            (
                "cycle.json",
                #"{"format": "sgs-graph/2", "name": "n", "executables": [{"name": "x"}], "nodes": [{"id": "a", "kind": "exec", "executable": "x", "after": ["b"]}, {"id": "b", "kind": "exec", "executable": "x", "after": ["a"]}]}"#,
                "found a cycle: "
            ),
            (
                "record.json",
                #"{"name": "r", "schemaVersion": "1.5", "workflow": {"specification": {"tasks": [{"id": "a", "parents": ["b"], "children": ["b"]}, {"id": "b", "parents": ["a"], "children": ["a"]}]}}}"#,
                "found a cycle: b -> a -> b"
            ),
            (
                "itself.dag", "JOB A a.sub\nINCLUDE itself.dag\n",
                "found files within one another: itself.dag -> itself.dag"
            ),
            (
                "circle.dag", "JOB A a.sub\nJOB B a.sub\nPARENT A CHILD B\nPARENT B CHILD A\n",
                "circle.dag:1: found nodes that wait for one another: A, B"
            ),
        ])
    func refused(name: String, text: String, found: String) async throws {
        let folder = try TestFolder()
        chmod(folder.path, 0o755)
        try folder.write("executable = /bin/true\nqueue\n", to: "files/a.sub")
        let file = try folder.write(text, to: "files/\(name)")
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/tmp", withIntermediateDirectories: true)
        chmod("\(folder.path)/tmp", 0o777)
        for command in [["check", file], ["submit", file, "--state", "\(folder.path)/state"]] {
            let answer = try await Answer(command, environment: ["TMPDIR": "\(folder.path)/tmp"])
            #expect(answer.status == 65, "\(answer.text)\(answer.errors)")
            #expect(answer.text.isEmpty)
            #expect(answer.errors.contains(found), "\(answer.errors)")
            #expect(answer.errors.contains(": 1 fault\n"), "\(answer.errors)")
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/files").sorted()
                == ["a.sub", name].sorted())
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/tmp") == [])
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/state"))
    }
}
