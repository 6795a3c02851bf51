import ArgumentParser
import Campaigns
import Catalogue
import Commands
import Documents
import Files
import Foundation
import GroundSegment

/// `sgs campaign add`
struct CampaignAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Write a campaign down: a file below campaigns, a template, or GraphML.",
        discussion: """
            Nothing begins with it before it is approved.

              sgs campaign add data-release --as dr1 --parameter release=9.1 \\
                  --parameter start=2027-01-04 --parameter end=2027-04-05
              sgs campaign add graph.graphml --as test
              sgs campaign add reprocessing --as cosmos --parameter release=9.2 \\
                  --parameter region='{cone: {ra: 150, dec: 2, radius: 5}}' --approve
            """)

    @OptionGroup var options: CampaignOptions

    @Argument(help: "Name of a file of the folder, without .yaml; or a file of GraphML.")
    var source: String

    @Option(name: .customLong("as"), help: "What it is to be called (default: as the file).")
    var name: String?

    @Option(
        name: .customLong("parameter"),
        help: ArgumentHelp("A template's value; may be repeated.", valueName: "name=value"))
    var parameters: [String] = []

    @Option(help: "Folder of campaigns and templates.")
    var folder = "campaigns"

    @Flag(help: "Approve it, too.")
    var approve = false

    @Option(help: "Why; kept in the catalogue.")
    var reason: String = ""

    @Option(help: "Who does it (default: the user of this session).")
    var author: String = NSUserName()

    func run() async throws {
        let campaign = try read()
        try await reportingErrors {
            let (store, survey) = try await options.open()
            try await store.add(campaign, survey: survey, by: author)
            if approve {
                try await store.approve(
                    campaign.id, survey: survey, clock: options.clock, by: author,
                    because: reason)
            }
            let found = try await store.campaign(campaign.id, survey: survey)
            options.answer.show(found.json, CampaignText(campaign: found).lines)
        }
    }

    private func read() throws -> Campaign {
        var values: [String: String] = [:]
        for parameter in parameters {
            let parts = parameter.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw CommandError(.usage, "--parameter \(parameter): expected NAME=VALUE")
            }
            values[parts[0]] = parts[1]
        }
        do {
            let campaign =
                source.hasSuffix(".graphml")
                ? try GraphMLFile.read(source)
                : try CampaignFile.read(
                    source, in: CampaignFolders([folder]), parameters: values)
            return name.map { campaign.clone(as: ID($0)) } ?? campaign
        } catch let error as CampaignError {
            throw CommandError(
                .badInput,
                lines: error.diagnostics.isEmpty
                    ? [error.message] : error.diagnostics.map(\.description))
        } catch let error as FileError {
            throw CommandError(.badInput, "\(error)")
        }
    }
}
