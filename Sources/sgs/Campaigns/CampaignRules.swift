import ArgumentParser
import Campaigns
import Catalogue
import Commands
import Documents
import GroundSegment
import Markup

/// `sgs campaign rules`
struct CampaignRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "The rules by which tasks and their data sets go on, and how often each fired.",
        discussion: """
            A rule changes one state where all of its conditions hold.  Counted are the campaigns \
            of a survey, or all.

              sgs campaign rules
              sgs campaign rules --campaign daily
            """)

    @OptionGroup var options: CampaignOptions

    @Option(help: "Count only this campaign.")
    var campaign: String?

    func run() async throws {
        try await reportingErrors {
            let store: CampaignStore
            var survey = options.survey.map { ID<SurveyPlan>($0) }
            if campaign == nil {
                store = CampaignStore(try await options.database.open())
            } else {
                (store, survey) = try await options.open()
            }
            let fired = try await store.firings(of: campaign.map { ID($0) }, survey: survey)
            let rules = RuleTable.standard.rules
            options.answer.show(
                .list(rules.map { $0.json(fired: fired[$0.name] ?? 0) }),
                TextTable(
                    [
                        .left("rule"), .left("changes"), .right("fired"), .left("when"),
                        .left("why"),
                    ],
                    rows: rules.map { rule in
                        [
                            rule.name, "\(rule.change.subject) to \(rule.change.name)",
                            "\(fired[rule.name] ?? 0)", rule.conditionText, rule.meaning,
                        ]
                    }
                ).lines)
        }
    }
}

extension Rule {
    /// Its conditions on one line.
    fileprivate var conditionText: String {
        conditions.map { "\($0.name) \($0.valueNames.joined(separator: "|"))" }
            .joined(separator: ", ")
    }

    fileprivate func json(fired: Int) -> JSONValue {
        [
            "rule": .text(name), "changes": .text(change.subject), "to": .text(change.name),
            "fired": .integer(fired), "meaning": .text(meaning),
            "conditions": .object(
                conditions.map {
                    JSONValue.Member(name: $0.name, value: .list($0.valueNames.map { .text($0) }))
                }),
        ]
    }
}
