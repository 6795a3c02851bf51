import Payloads

/// `sdc-payload pilot`: exit status 0 when it has ended as it should, 64 without a folder, 65 for
/// orders that cannot be used, 71 where the system does not allow an agent, 76 where the runner
/// speaks another version.
enum PilotCommand {
    static let usage = "usage: sdc-payload pilot FOLDER"

    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 1, let folder = arguments.first, !folder.isEmpty else {
            complain(usage)
            return 64
        }
        guard let task = BatchTask.number() else { return 64 }
        do throws(PayloadError) {
            return try Agent.runPilot(folder: folder, task: task)
        } catch {
            complain(error.description)
            return switch error.code {
            case .message, .configuration: 65
            default: 71
            }
        }
    }
}
