import ArgumentParser
import Execution

/// `sdc-runner rules list`
struct RulesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the rules in force, strictest first (the default).",
        discussion: """
            Of the rules that match an attempt without success the strictest decides.

              sdc-runner rules
              sdc-runner rules --verdict-rules site-rules.yaml --json
            """)

    @OptionGroup var options: RulesOptions

    func run() async throws {
        let (rules, origin) = try await options.rules()
        let report = RulesReport(rules.rules, from: origin)
        try options.show(report, report.text)
    }
}
