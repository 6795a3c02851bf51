public import ArgumentParser
public import Execution

/// `sdc-runner rules test`
struct RulesTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Say which rule would decide.",
        discussion: """
              sdc-runner rules test --code 42 --message "exit code 42: no stars"
              sdc-runner rules test --source memory --executable detect
            """)

    @Option(
        help: "exit, signal, memory, outputs, walltime, temporary, cancelled, lost, not_started.")
    var source = VerdictRule.Source.exit

    @Option(help: "The exit code or the signal.")
    var code: Int?

    @Option(help: "What was said.")
    var message = ""

    @Option(help: "Name of the payload's program in the pipeline.")
    var executable = ""

    @Option(help: "Category of its node.")
    var category = ""

    @OptionGroup var options: RulesOptions

    func run() async throws {
        let answer = RulesAnswer(
            try await options.rules().rules, source: source, code: code, message: message,
            executable: executable, category: category)
        try options.show(answer, answer.text)
    }
}

extension VerdictRule.Source: ExpressibleByArgument {}
