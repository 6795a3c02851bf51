import ArgumentParser
import Commands
import GroundSegment

/// The distribution planner's command line.
@main
struct SGS: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sgs",
        abstract: "Plan which Science Data Centre gets each observation and tile of a survey.",
        discussion: """
            Exit status: 0 done, 1 failure, 2 differences found, 3 infeasible, 4 limit reached, \
            5 stale base, 64 usage, 65 bad input, 66 unknown item, 69 service missing, \
            73 cannot write, 75 busy, 130 interrupted.
            """,
        version: SoftwareVersion.current,
        subcommands: [
            InitCommand.self, CheckCommand.self, PlanCommand.self, ReportCommand.self,
            DiffCommand.self,
            ExplainCommand.self, WhatIfCommand.self, SensitivityCommand.self, DraftCommand.self,
            ApproveCommand.self, PublishCommand.self, WithdrawCommand.self, LogCommand.self,
            FailoverCommand.self, OwnerCommand.self, StatusCommand.self, ProgressCommand.self,
            OrdersCommand.self, OnlyAtCommand.self, ArrivalsCommand.self, CalibrateCommand.self,
            CampaignCommand.self,
            ServeCommand.self, CatalogueCommand.self,
        ])

    static func main() async { await runProgram() }
}
