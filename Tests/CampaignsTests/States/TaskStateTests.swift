import Campaigns
import Testing

@Suite struct TaskStateTests {
    @Test func `the names are those of JEDI`() {
        let names = """
            registered defined assigning ready pending scouting scouted running prepared done failed
            finished aborting aborted finishing topreprocess preprocessing tobroken broken toretry
            toincexec rerefine paused throttled exhausted toabort passed toreassign reassigning
            merging
            """
        let words = names.split { $0 == " " || $0 == "\n" }.map(String.init)
        #expect(Set(TaskState.allCases.map(\.rawValue)) == Set(words))
        #expect(TaskState.allCases.count == words.count)
    }

    @Test func `what has ended is left by an operator's command alone`() {
        let table = RuleTable.standard
        for step in table.steps where step.from.hasEnded {
            #expect([.toretry, .toincexec].contains(step.to))
        }
    }

    @Test func `every state can be reached and every one that has not ended can be left`() {
        let steps = RuleTable.standard.steps
        var reached: Set<TaskState> = [.registered]
        var open: [TaskState] = [.registered]
        while let state = open.popLast() {
            for step in steps where step.from == state && reached.insert(step.to).inserted {
                open.append(step.to)
            }
        }
        #expect(reached == Set(TaskState.allCases))
        for state in TaskState.allCases where !state.hasEnded {
            #expect(steps.contains { $0.from == state })
        }
    }

    @Test func `a step that neither a rule nor a command makes is not legal`() {
        let steps = RuleTable.standard.steps
        #expect(!steps.contains(RuleTable.Step(from: .registered, to: .running)))
        #expect(!steps.contains(RuleTable.Step(from: .done, to: .ready)))
        #expect(!steps.contains(RuleTable.Step(from: .broken, to: .toretry)))
        #expect(steps.contains(RuleTable.Step(from: .paused, to: .running)))
        #expect(!steps.contains(RuleTable.Step(from: .paused, to: .done)))
    }
}
