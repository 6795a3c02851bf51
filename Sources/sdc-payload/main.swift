/// Runs payloads on this host.
///
/// `sdc-payload agent HOME --cores N --memory MIB` is the agent that a runner talks to.
/// `sdc-payload pilot FOLDER` is an agent that a batch system starts and that dials its runner.
/// `sdc-payload attempt FOLDER` runs, as a batch job, the attempts that are in a file there.
/// `sdc-payload tell TEXT...` speaks to it from inside a payload.
/// `sdc-payload clear FOLDER...` removes temporary folders; the agent calls it.

import Glibc
import Payloads

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "attempt": exit(AttemptCommand.run(Array(arguments.dropFirst(2))))
case "agent": exit(AgentCommand.run(Array(arguments.dropFirst(2))))
case "clear": exit(Agent.clear(Array(arguments.dropFirst(2))))
case "pilot": exit(PilotCommand.run(Array(arguments.dropFirst(2))))
case "tell": exit(TellCommand.run(Array(arguments.dropFirst(2))))
default:
    let usages = [AgentCommand.usage, PilotCommand.usage, AttemptCommand.usage, TellCommand.usage]
    complain(usages.joined(separator: "\n"))
    exit(64)
}

func complain(_ message: String) {
    _ = "sdc-payload: \(message)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
}
