import Foundation
import Testing

@testable import BatchSystems

/// What every batch system has to do, tried on one; prints a line for each point.
struct Conformance {
    let title: String
    let system: any BatchSystem
    /// Shared with whoever runs the jobs.
    let folder: String
    /// How many tasks of `cores` run at a time.
    let slots: Int
    var cores = 1
    /// The shortest walltime that is tried, seconds.
    var walltime = 1
    /// Whether a cancelled job is told apart from one that was killed, where the system knows it.
    var tellsCancelled = true
    /// Whether a job gets SIGTERM before the end of its walltime.
    var warns = false
    /// The same system with a queue that is not there.
    var refusing: (any BatchSystem)?
    /// How long a wait may last.
    var patience = Duration.seconds(600)

    func run() async throws {
        try await tryArray()
        try await trySingle()
        try await tryFinding()
        try await tryCancelling()
        try await tryWalltime()
        try tryRefusal()
        try tryUnknown()
        let limits = try system.limits()
        #expect(limits.arraySize ?? 1000 >= 100)
        note("limits", "array \(limits.arraySize.map(String.init) ?? "-")")
    }

    private func note(_ point: String, _ result: String) {
        print("conformance \(title): \(point): \(result)")
    }

    private func job(
        _ name: String, count: Int = 1, _ shell: String, walltime: Int? = nil, warning: Int? = nil
    ) -> BatchJob {
        let unique = UUID().uuidString.prefix(8).lowercased()
        return BatchJob(
            name: "\(name)-\(unique)", count: count, program: "/bin/sh",
            arguments: ["-c", shell.replacing("\n", with: " ")], folder: folder,
            need: BatchNeed(cores: cores, memory: 64, walltime: walltime), warning: warning)
    }

    /// How tasks ended, as the system says: in its queue, or from its accounts.
    private func ends(_ ids: [BatchJobID]) async throws -> [BatchJobID: BatchJobStatus] {
        var ended: [BatchJobID: BatchJobStatus] = [:]
        var gone: Set<BatchJobID> = []
        return try await asked("the end of \(ids)", within: patience) {
            let polled = try system.poll(ids)
            for (id, status) in polled where status.state.isEnded { ended[id] = status }
            gone.formUnion(ids.filter { polled[$0] == nil })
            let open = gone.filter { ended[$0] == nil }
            if !open.isEmpty {
                for (id, status) in try system.afterEnd(Array(open)) where status.state.isEnded {
                    ended[id] = status
                }
            }
            return ended.count == ids.count ? ended : nil
        }
    }

    /// An array's tasks get their numbers, and their ends are told right.
    private func tryArray() async throws {
        let job = job(
            "array", count: 4,
            """
            echo "$BATCH_TASK" > '\(folder)/task.'$BATCH_TASK;
            case $BATCH_TASK in 1) exit 0;; 2) exit 3;; 3) kill -9 $$;; esac
            """)
        let ids = try system.submit(job)
        #expect(ids.map(\.index) == [1, 2, 3, 4])
        #expect(Set(ids.map(\.base)).count == 1)
        let ends = try await ends(ids)
        #expect(ids.map { ends[$0]?.exit } == [.code(0), .code(3), .signal(9), .code(0)])
        #expect(ids.map { ends[$0]?.state } == [.completed, .failed, .failed, .completed])
        for task in 1...4 {
            let text = try String(contentsOfFile: "\(folder)/task.\(task)", encoding: .utf8)
            #expect(text == "\(task)\n")
        }
        note(
            "array of 4, one poll for all",
            ids.map { id in
                guard let end = ends[id], let exit = end.exit else { return "?" }
                return "\(end.native) \(exit)"
            }.joined(separator: ", "))
    }

    /// A job that is no array has the number 1, and its words arrive unchanged.
    private func trySingle() async throws {
        let words = "it's \"so\" $HOME \\ *"
        var job = job("single", "printf '%s %s' \"$BATCH_TASK\" \"$0\" > '\(folder)/single'")
        job.arguments.append(words)
        let ids = try system.submit(job)
        #expect(ids.map(\.index) == [nil])
        let ends = try await ends(ids)
        #expect(ids.map { ends[$0]?.exit } == [.code(0)])
        let text = try String(contentsOfFile: "\(folder)/single", encoding: .utf8)
        #expect(text == "1 \(words)")
        note("single, words unchanged", ids.map { ends[$0]?.native ?? "?" }.joined())
    }

    /// A job whose ids were lost is found by its name.
    private func tryFinding() async throws {
        let job = job("lost", count: 2, "sleep 300")
        let ids = try system.submit(job)
        let found = try await asked("\(job.name) by its name", within: patience) {
            let found = try system.find(name: job.name)
            return found.count == 2 ? found : nil
        }
        #expect(found.keys.sorted() == ids)
        #expect(try system.find(name: "nobody-has-this-name").isEmpty)
        try system.cancel(ids)
        try await awaitGone(ids)
        note("found by name", found.keys.sorted().map(\.description).joined(separator: ", "))
    }

    private func awaitGone(_ ids: [BatchJobID]) async throws {
        _ = try await asked("that \(ids) have gone", within: patience) {
            try system.poll(ids).values.allSatisfy(\.state.isEnded) ? true : nil
        }
    }

    /// A waiting task and a running one are cancelled, the others go on.
    private func tryCancelling() async throws {
        let job = job("cancel", count: slots + 2, "exec sleep 300")
        let ids = try system.submit(job)
        let before = try await asked("\(slots) running and 2 waiting", within: patience) {
            let polled = try system.poll(ids)
            let states = polled.values.map(\.state)
            return states.filter { $0 == .running }.count == slots
                && states.filter { $0 == .waiting }.count == 2 ? polled : nil
        }
        let running = try #require(before.first { $0.value.state == .running }?.key)
        let waiting = try #require(
            before.filter { $0.value.state == .waiting }.keys.max())
        #expect(before[running]?.host != nil)
        try system.cancel([waiting, running])
        let end = try await ends([running])[running]
        if tellsCancelled {
            #expect(end?.state == .cancelled)
        } else {
            #expect(end?.exit?.isSuccess == false)
        }
        try await awaitGone([waiting])
        let after = try await asked(
            "a waiting task in place of the cancelled one", within: patience
        ) {
            let states = try system.poll(ids)
            return states.values.filter { $0.state == .running }.count == slots ? states : nil
        }
        #expect(after[waiting]?.state ?? .cancelled == .cancelled)
        try system.cancel(ids)
        try await awaitGone(ids)
        note(
            "cancelled: running, waiting",
            "\(end?.native ?? "?"), \(after[waiting]?.native ?? "gone")")
    }

    /// What runs too long is ended, after a warning where there is one.
    private func tryWalltime() async throws {
        let job = job(
            "long",
            """
            trap 'echo warned > "\(folder)/warned"' TERM;
            n=0; while [ $n -lt 600 ]; do sleep 1 & wait $!; n=$((n + 1)); done
            """, walltime: walltime, warning: warns ? max(1, walltime / 2) : nil)
        let ids = try system.submit(job)
        let end = try await ends(ids)[ids[0]]
        #expect(end?.state == .timedOut)
        if warns {
            #expect(FileManager.default.fileExists(atPath: "\(folder)/warned"))
        }
        note("walltime of \(walltime) s", "\(end?.native ?? "?")\(warns ? ", warned" : "")")
    }

    /// A queue that is not there is refused with the system's words.
    private func tryRefusal() throws {
        guard let refusing else { return }
        do {
            _ = try refusing.submit(job("refused", "exit 0"))
            Issue.record("an unknown queue was taken")
        } catch {
            #expect(error.code == .refused)
            note("unknown queue", error.message)
        }
    }

    /// Jobs that were never there are no fault.
    private func tryUnknown() throws {
        let nobody = BatchJobID("987654")
        #expect(try system.poll([nobody]).isEmpty)
        #expect(try system.afterEnd([nobody]).isEmpty)
        try system.cancel([nobody])
        note("unknown job", "nothing")
    }
}
