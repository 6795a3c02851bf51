import ArgumentParser
import Testing

@testable import Commands

@Suite struct ProgramTests {
    private struct Root: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "root", subcommands: [Plan.self, Group.self])
    }

    private struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "plan")
    }

    private struct Group: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "orders", subcommands: [List.self])
    }

    private struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list")
    }

    @Test("a command that is not there is told with the nearest one, also below another")
    func suggestion() {
        #expect(Root.suggestion(for: ["plna"]) == "there is no command plna, did you mean plan?")
        #expect(
            Root.suggestion(for: ["orders", "lits"])
                == "there is no command lits, did you mean list?")
    }

    @Test("where the commands are there, or nothing is near, nothing is suggested")
    func none() {
        for words in [["plan", "x"], ["orders", "list"], ["xyzzyx"], ["--json"], ["help"], []] {
            #expect(Root.suggestion(for: words) == nil)
        }
    }
}
