import Campaigns
import Testing

@Suite struct TaskCommandTests {
    /// Where each command is legal, written out by hand.
    private static let legal: [TaskCommand: String] = [
        .kill: """
        registered defined assigning ready pending scouting scouted running merging finishing
        topreprocess preprocessing toretry toincexec rerefine toreassign reassigning paused
        throttled exhausted
        """,
        .finish: "ready pending scouting scouted running paused throttled exhausted",
        .retry: "finished failed aborted exhausted",
        .incexec: "done finished failed aborted exhausted",
        .reassign: """
        defined assigning ready pending scouting scouted running throttled exhausted
        """,
        .pause: """
        registered defined assigning ready pending scouting scouted running merging
        preprocessing throttled
        """,
        .resume: "paused",
        .avalanche: "scouting",
        .release: "pending throttled",
    ]

    private static let pairs = TaskCommand.allCases.flatMap { command in
        TaskState.allCases.map { (command, $0) }
    }

    @Test(arguments: pairs)
    func `each command does what it does in each state, or is refused with the reason`(
        command: TaskCommand, state: TaskState
    ) throws {
        let words = (Self.legal[command] ?? "").split { $0 == " " || $0 == "\n" }.map(String.init)
        let vector = TaskVector(
            key: TaskKey("c", "t"), state: state, interrupted: state == .paused ? .running : nil)
        guard words.contains(state.rawValue) else {
            let refusal = #expect(throws: RefusedCommand.self) { try vector.after(command) }
            #expect(refusal?.reason.contains(state.rawValue) ?? false)
            #expect(refusal?.reason.contains("\(command.rawValue) is for tasks that are") ?? false)
            return
        }
        let after = try vector.after(command)
        let expected: TaskState =
            switch command {
            case .kill: .aborting
            case .finish: .finishing
            case .retry: .toretry
            case .incexec: .toincexec
            case .reassign: .toreassign
            case .pause: .paused
            case .resume: .running
            case .avalanche: .scouted
            case .release: state
            }
        #expect(after.state == expected)
        #expect(after.interrupted == (command == .pause ? state : nil))
    }

    @Test func `a command has a transient and a lasting state`() {
        let states = TaskCommand.allCases.map { command in
            [command.states.transient, command.states.lasting].map { $0?.rawValue ?? "-" }
                .joined(separator: " ")
        }
        #expect(
            states == [
                "aborting toabort", "finishing passed", "toretry ready", "toincexec rerefine",
                "toreassign reassigning", "paused -", "- -", "scouted -", "- -",
            ])
    }

    @Test func `what is refused says where it is legal`() {
        #expect(
            TaskCommand.retry.legality(in: .running)
                == .refused(
                    "the task is running: it has not ended yet; retry is for tasks that are "
                        + "finished, failed, aborted or exhausted"))
        #expect(
            TaskCommand.kill.legality(in: .done).text
                .hasPrefix("the task has ended as done; kill is for tasks that are registered"))
        #expect(
            TaskCommand.resume.legality(in: .running).text
                == "the task is running, not paused; resume is for tasks that are paused")
    }

    @Test func `what helps a task after an SDC is lost is legal in its state`() {
        for state in TaskState.allCases {
            let vector = TaskVector(key: TaskKey("c", "t"), state: state)
            if let command = vector.recovery { #expect(command.legality(in: state) == .legal) }
        }
    }
}

extension TaskCommand.Legality {
    var text: String {
        if case .refused(let text) = self { text } else { "legal" }
    }
}
