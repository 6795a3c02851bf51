import ArgumentParser
import Commands
import GroundSegment

/// The runner of an SDC: one program for every SDC, the site is data.
@main
struct SDCRunner: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sdc-runner",
        abstract: "Run the processing orders of a Science Data Centre.",
        discussion: """
            Exit status: 0 done, 1 an order failed or is blocked, 64 usage, 65 bad input, \
            66 unknown SDC, run or payload, 69 service missing, 73 cannot write, 75 another \
            runner serves the SDC, 130 stopped at once.
            """,
        version: SoftwareVersion.current,
        subcommands: [
            ServeCommand.self, RunGroup.self, JobGroup.self, SubmitCommand.self, TagCommand.self,
            GraphCommand.self, CheckCommand.self, CWLCommand.self, CWLStepCommand.self,
            PackageGroup.self,
            SizeCommand.self, ReportCommand.self, WhyCommand.self, ScoreCommand.self,
            LineageCommand.self, ProfileGroup.self, HistoryCommand.self,
            ManageGroup.self, StatusCommand.self, PingCommand.self, RulesGroup.self,
            SelfTestCommand.self, EnvironmentGroup.self, BatchGroup.self, PilotsGroup.self,
            DrainCommand.self, TokenGroup.self,
        ], defaultSubcommand: RunGroup.self)

    static func main() async { await runProgram() }
}

/// `sdc-runner run`, by itself the runner.
struct RunGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Take and process the orders of an SDC (the default); runs.",
        subcommands: [
            RunCommand.self, RunListCommand.self, RunShowCommand.self, RunGraphCommand.self,
            RunExportCommand.self,
            WhyCommand.self, RunCancelCommand.self, RunHoldCommand.self, RunReleaseCommand.self,
            RunPriorityCommand.self, RunRestartCommand.self,
        ], defaultSubcommand: RunCommand.self)
}

/// `sdc-runner job`
struct JobGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "The payloads of runs.",
        subcommands: [
            JobShowCommand.self, JobLogCommand.self, JobCommandCommand.self,
            JobProfileCommand.self, JobRunCommand.self, WhyCommand.self, JobHoldCommand.self,
            JobReleaseCommand.self, JobPriorityCommand.self, JobSettleCommand.self,
        ])
}
