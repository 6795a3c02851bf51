import Foundation
import GroundSegment
import Testing
import Workflows

@testable import Execution

/// Runs that are made before they are submitted, wait for each other and are removed: at the real
/// program, and at a store that it does not serve.
@Suite(.timeLimit(.minutes(12)), .serialized) struct ManagedRunsTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    /// A pipeline of one step, which says a word.
    private func graph(_ word: String, _ script: String = "") throws -> Graph {
        try site.graph(word, [.init(id: "a", script: "say \(word); \(script)\necho > $out")])
    }

    /// A pipeline that reads one file.
    private func reading(_ word: String) throws -> Graph {
        let script =
            #"set -e; for a do case $a in --out=*) out=${a#--out=};; "#
            + #"--frames=*) f=${a#--frames=};; esac; done; cat $f >> \#(site.journal); cp $f $out"#
        let text = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
        let document = """
            {"format": "sgs-graph/2", "name": "\(word)", "policy": {"attempts": 1},
             "inputs": [{"name": "frames"}],
             "nodes": [{"id": "a", "kind": "exec", "in": {"frames": {"input": "frames"}},
              "executable": {"name": "shell", "command": "/bin/sh",
               "arguments": ["-c", \(text), "step"], "inputs": [{"name": "frames"}],
               "outputs": [{"name": "out", "mime_type": "txt"}],
               "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}}],
             "outputs": [{"name": "copy", "node": "a", "port": "out"}]}
            """
        return try GraphReader.read(Data(document.utf8), file: word)
    }

    private func create(
        _ graph: Graph, id: String? = nil, inputs: [String: [String]] = [:],
        description: String = ""
    ) async throws -> String {
        let answer = try await site.give(
            .create(
                submission: Submission(
                    id: id ?? graph.name, pipeline: graph.name, inputs: inputs,
                    softwareRelease: "1.0"),
                graph: graph.document, description: description))
        #expect(answer.message.hasSuffix("was made; it is not submitted"), "\(answer.message)")
        return try #require(answer.run)
    }

    private func why(_ run: String) async throws -> [String] {
        if let facts = try await site.control.ask(.why(run: run, limit: 10)) {
            return facts.reasons.map(\.reason)
        }
        var filter = RunFilter()
        filter.name = run
        let store = try RunStore(reading: RunStore.path(state: site.site.state, sdc: site.sdc))
        let facts = try await store.facts(of: site.sdc, filter, at: MJD(0))
        return try facts.flatMap {
            try WaitReport($0, isServed: true, at: MJD(0)).rows.filter { $0.payload == nil }.map(
                \.reason)
        }
    }

    // MARK: - Not submitted

    @Test("a run that is made is held until it is submitted", arguments: [true, false])
    func created(isServed: Bool) async throws {
        let first = isServed ? try site.serve() : nil
        if isServed { #expect(try await site.isServed()) }
        let run = try await create(graph("one"), description: "why\u{7}not")
        #expect(try await site.state(run) == .held)
        #expect(try await why(run) == ["held: not submitted"])
        let made = try #require(try await site.run(run))
        #expect(made.isDraft && made.queued == nil && made.description == "why\u{FFFD}not")
        let released = try await site.give(.release(run: run, payload: nil))
        #expect(released.status == 1)
        #expect(released.message == "\(run) is not submitted; submit it to let it begin")
        #expect(released.legal == ["priority", "cancel", "submit", "edit", "link", "remove"])
        if let first { #expect(site.drain(first) == 0) }
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(site.said == [])

        let second = isServed ? try site.serve() : nil
        if isServed { #expect(try await site.isServed()) }
        let answers = try await withThrowingTaskGroup(of: CommandAnswer.self) { group in
            for _ in 0..<2 { group.addTask { try await site.give(.enqueue(run: run)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let done = try #require(answers.first { $0.isDone })
        #expect(done.message == "\(run): submitted, now PENDING")
        let refused = try #require(answers.first { !$0.isDone })
        #expect(refused.status == 1)
        #expect(
            try refused.message.wholeMatch(
                of: Regex("\(run) is (PENDING|EXECUTING|COMPLETED), not to be submitted")) != nil)
        if let second {
            #expect(try await site.reaches(run, .completed))
            #expect(site.drain(second) == 0)
        } else {
            #expect(refused.legal == ["hold", "priority", "cancel", "link", "remove"])
            #expect(try site.serve("--until-idle").end() == 0)
            #expect(try await site.state(run) == .completed)
        }
        #expect(site.said == ["one"])
        #expect(try await site.run(run)?.queued != nil)
    }

    @Test("what is not submitted is edited, as a submission is checked; after that it is not")
    func edited() async throws {
        let path = try site.site.folder.write("seen", to: "frames.txt")
        let run = try await create(reading("copying"))
        let early = try await site.give(.enqueue(run: run))
        #expect(early.status == 65 && early.message == "input frames is missing")
        let wrong = try await site.give(
            .edit(
                run: run,
                change: DraftChange(configuration: ["colour": "red", "priority": "high"])))
        #expect(wrong.status == 65)
        #expect(
            wrong.message == "config colour: expected one of release, priority, user, project, "
                + "campaign, force; config priority: found high, expected -1000000000 to 1000000000"
        )
        let port = try await site.give(
            .edit(
                run: run, change: DraftChange(inputs: ["darks": [path], "frames": [path, path]])))
        #expect(port.status == 65)
        #expect(
            port.message == "pipeline \"copying\" has no input darks; it has frames; "
                + "input frames: found 2 files, expected one")
        let change = DraftChange(
            inputs: ["frames": [path]],
            configuration: ["release": "2.0", "priority": "7", "campaign": "DR2"],
            description: "edited")
        let edited = try await site.give(.edit(run: run, change: change))
        #expect(edited.message == "\(run): edited, now HELD")
        guard case .submission(let submission) = try await site.run(run)?.origin else {
            Issue.record("no submission")
            return
        }
        #expect(
            submission
                == Submission(
                    id: "copying", pipeline: "copying", inputs: ["frames": [path]],
                    softwareRelease: "2.0", priority: 7, campaign: "DR2"))
        #expect(try await site.run(run)?.description == "edited")
        let runner = try site.serve()
        #expect(try await site.isServed())
        #expect(try await site.give(.enqueue(run: run)).isDone)
        #expect(try await site.reaches(run, .completed))
        #expect(site.said == ["seen"])
        let late = try await site.give(.edit(run: run, change: change))
        #expect(late.status == 1 && late.state == "COMPLETED")
        #expect(late.message == "\(run) is COMPLETED: only what is not submitted is edited")
        #expect(late.legal == ["remove"])
        #expect(site.drain(runner) == 0)
    }

    @Test("a clone has the same pipeline, inputs and configuration, and waits to be submitted")
    func cloned() async throws {
        let path = try site.site.folder.write("seen", to: "frames.txt")
        let run = try await create(
            reading("copying"), inputs: ["frames": [path]], description: "first")
        let answer = try await site.give(.clone(run: run, id: "C"))
        #expect(answer.isDone && answer.state == "HELD")
        let name = try #require(answer.run)
        let clone = try #require(try await site.run(name))
        #expect(clone.number == 2 && clone.isDraft && clone.description == "first")
        #expect(
            clone.origin
                == .submission(
                    Submission(
                        id: "C", pipeline: "copying", inputs: ["frames": [path]],
                        softwareRelease: "1.0", user: "tester")))
        #expect(clone.life.graph.document == (try reading("copying")).document)
        #expect(try await site.give(.clone(run: "9", id: "D")).status == 66)
    }

    @Test("an aborted run that was not submitted begins when it is done again")
    func abortedDraft() async throws {
        let run = try await create(graph("one"))
        #expect(try await site.give(.cancel(run: run, reason: "")).isDone)
        #expect(try await site.state(run) == .aborted)
        let restart = RunnerCommand.restart(
            run: run, payload: nil, resources: [:], graph: nil, force: false)
        #expect(try await site.give(restart).state == "PENDING")
        #expect(try await site.run(run)?.isDraft == false)
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(site.said == ["one"])
    }

    // MARK: - Links

    @Test("a run begins when the one that it needs has completed", arguments: [true, false])
    func linked(isServed: Bool) async throws {
        let first = try await create(graph("first", "wait_for go"))
        let second = try await create(graph("second"))
        let link = try await site.give(.link(run: second, needs: "1"))
        #expect(link.message == "\(second): needs run 1, which is not submitted, now HELD")
        #expect(try await site.give(.link(run: second, needs: first)).isDone)
        let runner = isServed ? try site.serve() : nil
        if isServed { #expect(try await site.isServed()) }
        #expect(try await site.give(.enqueue(run: second)).isDone)
        #expect(try await why(second) == ["needs run 1, which is not submitted"])
        #expect(try await site.give(.enqueue(run: first)).isDone)
        let later = try runner ?? site.serve()
        #expect(try await eventually { site.said == ["first"] })
        #expect(try await why(second) == ["needs run 1, which runs"])
        #expect(try await site.state(second) == .pending)
        try site.open("go")
        #expect(try await site.reaches(second, .completed))
        #expect(site.said == ["first", "second"])
        #expect(site.drain(later) == 0)
    }

    @Test("a cycle is refused with its way")
    func cycle() async throws {
        for word in ["a", "b", "c"] { _ = try await create(graph(word)) }
        #expect(try await site.give(.link(run: "2", needs: "1")).isDone)
        #expect(try await site.give(.link(run: "3", needs: "2")).isDone)
        let answer = try await site.give(.link(run: "1", needs: "3"))
        #expect(answer.status == 65)
        #expect(answer.message.hasSuffix(": found a cycle: 1 -> 3 -> 2 -> 1"))
        let own = try await site.give(.link(run: "1", needs: "1"))
        #expect(own.message.hasSuffix(": found a cycle: 1 -> 1"))
        #expect(try await site.give(.link(run: "1", needs: "7")).status == 66)
        #expect(try await site.give(.unlink(run: "1", needs: "3")).status == 66)
    }

    @Test("one that needs a failed run waits, says so, and goes on when it is unlinked or repaired")
    func failedNeed() async throws {
        let bad = try await site.submit(graph("bad", "test -e \(site.site.folder.path)/gates/good"))
        let one = try await site.submit(graph("one"))
        let two = try await site.submit(graph("two"))
        for run in [one, two] { #expect(try await site.give(.link(run: run, needs: bad)).isDone) }
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(try await site.state(bad) == .error)
        #expect(try await why(one) == ["needs run 1, which failed"])
        let runner = try site.serve()
        #expect(try await site.isServed())
        #expect(try await why(one) == ["needs run 1, which failed"])
        #expect(try await site.give(.unlink(run: one, needs: bad)).isDone)
        #expect(try await site.reaches(one, .completed))
        #expect(try await site.state(two) == .pending)
        try site.open("good")
        let restart = RunnerCommand.restart(
            run: bad, payload: nil, resources: [:], graph: nil, force: false)
        #expect(try await site.give(restart).isDone)
        #expect(try await site.reaches(two, .completed))
        #expect(site.said == ["bad", "one", "bad", "two"])
        let late = try await site.give(.link(run: two, needs: one))
        #expect(late.status == 1)
        #expect(late.message == "\(two) is COMPLETED: only what has not begun is linked")
        #expect(site.drain(runner) == 0)
    }

    @Test("one that needs an aborted or removed run waits and says so", arguments: [true, false])
    func goneNeed(isServed: Bool) async throws {
        let runner = isServed ? try site.serve() : nil
        if isServed { #expect(try await site.isServed()) }
        let gone = try await create(graph("gone"))
        let one = try await create(graph("one"))
        #expect(try await site.give(.link(run: one, needs: gone)).isDone)
        #expect(try await site.give(.enqueue(run: one)).isDone)
        #expect(try await site.give(.cancel(run: gone, reason: "")).isDone)
        #expect(try await why(one) == ["needs run 1, which was aborted"])
        #expect(try await site.give(.remove(run: gone)).isDone)
        #expect(try await why(one) == ["needs run 1, which was removed"])
        // The aborted one counts as not completed.
        if let runner { #expect(site.drain(runner) == 1) }
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try await site.state(one) == .pending)
        #expect(try await site.give(.unlink(run: one, needs: "1")).isDone)
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(site.said == ["one"])
    }

    // MARK: - Removal

    @Test("a removed run leaves nothing but what others read", arguments: [true, false])
    func removed(isServed: Bool) async throws {
        let path = try site.site.folder.write("seen", to: "frames.txt")
        let run = try await create(reading("copying"), inputs: ["frames": [path]])
        #expect(try await site.give(.enqueue(run: run)).isDone)
        #expect(try site.serve("--until-idle").end() == 0)
        let folder = site.configuration.storage.resultFolder(of: ID(run))
        let made = "\(folder)/copy.txt"
        #expect(StoredFiles.size(made) == 4)
        let reader = try await create(reading("reader"), inputs: ["frames": [made]])

        let runner = isServed ? try site.serve() : nil
        if isServed { #expect(try await site.isServed()) }
        let answers = try await withThrowingTaskGroup(of: CommandAnswer.self) { group in
            for _ in 0..<2 { group.addTask { try await site.give(.remove(run: run)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.map(\.status).sorted() == [0, 66])
        let told = try #require(answers.first { !$0.isDone })
        #expect(told.message.hasPrefix("there is no run \(run): it was removed at "))
        #expect(try await site.run(run) == nil)
        #expect(
            try await eventually {
                site.configuration.leavings(of: ID(run)).allSatisfy { !StoredFiles.isFolder($0) }
            })
        #expect(StoredFiles.size(made) == 4)
        #expect(try await site.give(.remove(run: reader)).isDone)
        #expect(try await eventually { !StoredFiles.isFolder(folder) })
        #expect(StoredFiles.size(path) == 4)
        // Its number and name do not come again, and its submission may.
        let next = try await create(reading("copying"))
        #expect(try await site.run(next)?.number == 3)
        if let runner { #expect(site.drain(runner) == 0) }
    }

    @Test("what has begun, or is an order's, is not removed")
    func notRemoved() async throws {
        let runner = try site.serve()
        let run = try await site.submit(graph("endless", "wait_for go"))
        #expect(try await eventually { site.said == ["endless"] })
        let answer = try await site.give(.remove(run: run))
        #expect(answer.status == 1)
        #expect(answer.message == "\(run) is EXECUTING: it has begun; cancel it first")
        #expect(answer.legal == ["hold", "priority", "cancel"])
        try site.open("go")
        #expect(try await site.reaches(run, .completed))
        try site.site.place(site.site.order("1"))
        #expect(try await site.reaches("2", .completed))
        let order = try await site.give(.remove(run: "2"))
        #expect(order.status == 1)
        #expect(
            order.message.hasSuffix(" is COMPLETED: its record is that of a survey's products"))
        #expect(site.drain(runner) == 0)
    }
}
