import Documents
import FrontEnds
import Foundation
import Testing

@testable import Execution
@testable import Workflows

@Suite(.timeLimit(.minutes(12))) struct DAGManExportTests {
    /// Two steps, an element of a given list each, what gathers them, a group, a final node.
    private static let document = """
        {"format": "sgs-graph/2", "name": "night", "policy": {"attempts": 1},
         "inputs": [{"name": "dark"}, {"name": "frames", "content_type": "listfile"}],
         "categories": {"big": 2},
         "executables": [
          {"name": "first", "command": "/bin/sh",
           "arguments": ["-c", "echo 'it''s' \\"$0\\" > $(cat)", "a b"],
           "inputs": [{"name": "dark"}], "outputs": [{"name": "out", "mime_type": "txt"}],
           "resources": {"cores": 2, "ram_MiB": 512, "walltime_s": 90, "tmp_MiB": 3, "gpus": 1}},
          {"name": "one", "command": "/bin/cp", "inputs": [{"name": "frame"}, {"name": "dark"}],
           "outputs": [{"name": "map", "mime_type": "fits"}]},
          {"name": "all", "command": "/bin/cat",
           "inputs": [{"name": "maps", "content_type": "listfile"}],
           "outputs": [{"name": "sum", "mime_type": "fits"}]},
          {"name": "end", "command": "/bin/sh", "arguments": ["-c", "echo\\necho"]}],
         "nodes": [
          {"id": "first", "kind": "exec", "executable": "first", "in": {"dark": {"input": "dark"}},
           "policy": {"attempts": 4, "final_codes": [7], "category": "big", "priority": 5,
            "abort_codes": {"3": 9}}},
          {"id": "each", "kind": "parallel", "over": "frame",
           "in": {"frame": {"input": "frames"}, "flat": {"node": "first", "port": "out"}},
           "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "one",
             "in": {"frame": {"input": "frame"}, "dark": {"input": "flat"}}}],
            "outputs": [{"node": "one", "port": "map"}]}},
          {"id": "ready", "kind": "group", "after": ["each"]},
          {"id": "all", "kind": "exec", "executable": "all", "after": ["ready"],
           "in": {"maps": {"node": "each", "port": "map"}}},
          {"id": "end", "kind": "final", "executable": "end"}],
         "outputs": [{"name": "sum", "node": "all", "port": "sum"}]}
        """

    private func export(_ document: String, _ inputs: [String: [String]], _ folder: String) throws
        -> DAGManExport
    {
        DAGManExport(
            try GraphReader.read(Data(document.utf8), file: "night"), inputs: inputs, folder: folder
        ) { $0.command.hasPrefix("/") ? $0.command : nil }
    }

    private func write(_ export: DAGManExport, to folder: TestFolder) throws {
        for (name, text) in export.files {
            let path = try folder.write(text, to: "dag/\(name)")
            if export.programs.contains(name) { chmod(path, 0o755) }
        }
        for inner in export.folders {
            try FileManager.default.createDirectory(
                atPath: "\(folder.path)/dag/\(inner)", withIntermediateDirectories: true)
        }
    }

    private let inputs = ["dark": ["/data/d.fits"], "frames": ["/data/a.fits", "/data/b.fits"]]

    @Test("a graph is a DAG with a node for each payload, and what its policies say")
    func graph() throws {
        let export = try export(Self.document, inputs, "/dag")
        #expect(export.faults == [])
        #expect(
            export.files["night.dag"]?.split(separator: "\n").map(String.init) == [
                "# night: 6 nodes. condor_submit_dag night.dag",
                "# sum: /dag/work/all/sum.fits", "JOB first /dag/first.sub",
                #"VARS first input_dark="/data/d.fits""#, "RETRY first 3 UNLESS-EXIT 7",
                "CATEGORY first big", "PRIORITY first 5", "ABORT-DAG-ON first 3 RETURN 9",
                "JOB each-iterations-0-one /dag/each-iterations-0-one.sub",
                "JOB each-iterations-1-one /dag/each-iterations-1-one.sub",
                "JOB ready /dag/noop.sub NOOP", "JOB all /dag/all.sub", "FINAL end /dag/end.sub",
                "PARENT first CHILD each-iterations-0-one",
                "PARENT first CHILD each-iterations-1-one",
                "PARENT each-iterations-0-one each-iterations-1-one CHILD ready",
                "PARENT ready each-iterations-0-one each-iterations-1-one CHILD all",
                "MAXJOBS big 2",
            ], "\(export.files["night.dag"] ?? "")")
        #expect(
            export.files["first.sub"]?.split(separator: "\n").map(String.init) == [
                "# first: first", "universe = vanilla", "executable = /bin/sh",
                "transfer_executable = false", "should_transfer_files = no",
                #"arguments = "-c 'echo ''it''''s'' ""$(DOLLAR)0"" > $(DOLLAR)(cat)' 'a b' "#
                    + #"--workdir=/dag/work/first --logdir=/dag/logs --dark=$(input_dark) "#
                    + #"--out=/dag/work/first/out.txt""#,
                #"environment = "SGS_CORES=2 SGS_MEMORY_MIB=512 SGS_RUN=night SGS_STEP=first""#,
                "getenv = PATH", "initialdir = /dag/work/first", "output = /dag/logs/first.out",
                "error = /dag/logs/first.err", "log = /dag/logs/first.log", "request_cpus = 2",
                "request_memory = 512", "request_disk = 3072", "request_gpus = 1",
                "allowed_execute_duration = 90", "queue",
            ], "\(export.files["first.sub"] ?? "")")
        #expect(
            export.files["work/all/maps.list.json"]
                == #"["/dag/work/each.iterations.0.one/map.fits", "#
                + #""/dag/work/each.iterations.1.one/map.fits"]"# + "\n")
        #expect(export.programs == ["end.sh"])
        #expect(
            export.files["end.sh"] == """
                #!/bin/sh
                # end
                exec /bin/sh \\
                    -c \\
                    'echo
                echo' \\
                    --workdir=/dag/work/end \\
                    --logdir=/dag/logs

                """)
        #expect(
            export.folders == [
                "logs", "work/first", "work/each.iterations.0.one", "work/each.iterations.1.one",
                "work/all", "work/end",
            ])
    }

    @Test("what is written is read as the same graph")
    func roundTrip() throws {
        let folder = try TestFolder()
        let export = try export(Self.document, inputs, "\(folder.path)/dag")
        try write(export, to: folder)
        let own = try GraphReader.read(Data(Self.document.utf8), file: "night")
        let again = try DAGManFrontEnd().graph(of: "\(folder.path)/dag/night.dag")
        #expect(again.name == own.name)
        #expect(again.categories == own.categories)
        #expect(again.final?.node.id == "end")
        #expect(again.final?.whenRun == .always)
        let nodes = Dictionary(again.body.nodes.map { ($0.id, $0) }) { first, _ in first }
        #expect(
            nodes.mapValues { $0.parents.sorted() } == [
                "first": [], "each-iterations-0-one": ["first"],
                "each-iterations-1-one": ["first"],
                "ready": ["each-iterations-0-one", "each-iterations-1-one"],
                "all": ["each-iterations-0-one", "each-iterations-1-one", "ready"],
            ])
        let first = try #require(nodes["first"])
        let policy = try #require(own.body.nodes.first { $0.id == "first" }?.policy)
        #expect(first.policy == policy)
        #expect(
            first.executable?.resources
                == own.body.nodes.first { $0.id == "first" }?.executable?.resources)
        #expect(nodes["ready"]?.kind == .group)
        let script = first.executable?.arguments.last ?? ""
        #expect(
            script.contains(#"/bin/sh -c 'echo '\''it'\'''\''s'\'' "$0" > $(cat)' 'a b' "#),
            "\(script)")
        #expect(script.contains("--dark=/data/d.fits"), "\(script)")
    }

    @Test("what a DAG cannot say is refused by its node and field, all at once")
    func refused() throws {
        let document = """
            {"format": "sgs-graph/2", "name": "night", "tolerance": 1, "inputs": [{"name": "raw"}],
             "executables": [
              {"name": "list", "command": "/bin/true", "inputs": [{"name": "raw"}],
               "outputs": [{"name": "l", "content_type": "listfile"},
                {"name": "r", "mime_type": "json"}]},
              {"name": "one", "command": "/bin/true", "inputs": [{"name": "x"}]},
              {"name": "none", "command": "/bin/true"}],
             "nodes": [
              {"id": "list", "kind": "exec", "executable": "list", "in": {"raw": {"input": "raw"}}},
              {"id": "each", "kind": "parallel", "over": "x",
               "in": {"x": {"node": "list", "port": "l"}},
               "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "one",
                "in": {"x": {"input": "x"}}}]}},
              {"id": "sized", "kind": "exec", "executable": "none",
               "resources_from": {"node": "list", "port": "r"}},
              {"id": "late", "kind": "exec", "executable": "none", "after": ["sized"],
               "trigger": "all_done", "policy": {"final_codes": [1, 2], "abort_codes": {"3": 1, "4": 1}}}]}
            """
        let faults = try export(document, [:], "/dag").faults.map(\.description)
        #expect(
            faults == [
                "night: each: x: found a list that is known when an earlier payload has written it, "
                    + "expected one that is given, or a run that has it",
                "night: raw: found no file for this input, expected --input raw=PATH",
                "night: sized: resources_from: found resources that an earlier payload writes, "
                    + "expected what a DAG can say",
                "night: late: trigger: found a node that waits for ends, however they are, "
                    + "expected what a DAG can say",
                "night: late: final_codes: found 2 codes, expected one",
                "night: late: abort_codes: found 2 codes, expected one",
                "night: tolerance: found failed payloads with which the run completes, "
                    + "expected what a DAG can say",
            ], "\(faults)")
    }

    @Test("a run's DAG does again what the run did, with the width that it had")
    func again() async throws {
        let ports =
            "for a do case $a in --*=*) n=${a%%=*}; eval \\\"${n#--}=\\\\${a#*=}\\\";; esac; done; "
        let document = """
            {"format": "sgs-graph/2", "name": "split", "policy": {"attempts": 1},
             "executables": [
              {"name": "cut", "command": "/bin/sh", "arguments": ["-c",
               "\(ports)for i in 1 2 3; do echo part $i > $workdir/$i.txt; done; printf '[\\"%s/1.txt\\", \\"%s/2.txt\\",\\n \\"%s/3.txt\\"]' $workdir $workdir $workdir > $parts", "cut"],
               "outputs": [{"name": "parts", "content_type": "listfile"}]},
              {"name": "one", "command": "/bin/sh",
               "arguments": ["-c", "\(ports)sed 's/part/piece/' $part > $line", "one"],
               "inputs": [{"name": "part"}], "outputs": [{"name": "line", "mime_type": "txt"}]},
              {"name": "join", "command": "/bin/sh", "arguments": ["-c",
               "\(ports)cat $(tr -d '[]\\",' < $lines) > $all", "join"],
               "inputs": [{"name": "lines", "content_type": "listfile"}],
               "outputs": [{"name": "all", "mime_type": "txt"}]}],
             "nodes": [
              {"id": "cut", "kind": "exec", "executable": "cut"},
              {"id": "each", "kind": "parallel", "over": "part",
               "in": {"part": {"node": "cut", "port": "parts"}},
               "body": {"nodes": [{"id": "one", "kind": "exec", "executable": "one",
                "in": {"part": {"input": "part"}}}], "outputs": [{"node": "one", "port": "line"}]}},
              {"id": "join", "kind": "exec", "executable": "join",
               "in": {"lines": {"node": "each", "port": "line"}}}],
             "outputs": [{"node": "join", "port": "all"}]}
            """
        let site = try OperatedSite()
        let folder = "\(site.site.folder.path)/dag"
        func run(_ graph: Graph) async throws {
            _ = try await site.give(
                .submit(
                    submission: Submission(id: graph.document, pipeline: graph.name),
                    graph: graph.document))
            try await site.site.serve(site.sdc)
        }
        try await run(try GraphReader.read(Data(document.utf8), file: "split"))
        let answer = try await Answer(
            site.site, "run", "export", "1", "--format", "dagman", "--output", folder)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.lines == ["\(folder)/split.dag"])
        let graph = try DAGManFrontEnd().graph(of: "\(folder)/split.dag")
        #expect(graph.body.nodes.count == 5)
        try await run(graph)
        let shown = try await Answer(site.site, "run", "show", "2")
        #expect(shown.status == 0, "\(shown.text)")
        #expect(
            try String(contentsOfFile: "\(folder)/work/join/all.txt", encoding: .utf8)
                == "piece 1\npiece 2\npiece 3\n")
        let twice = try await Answer(
            site.site, "run", "export", "1", "--format", "dagman", "--output", folder)
        #expect(twice.status == 73)
    }
}
