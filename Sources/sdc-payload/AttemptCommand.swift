import Payloads

/// `sdc-payload attempt`: exit status 0 when the results are written, 64 without a folder, 65 for
/// a file that is none of orders, 71 where the system does not allow an agent, 75 where an attempt
/// was not begun.
enum AttemptCommand {
    static let usage = "usage: sdc-payload attempt FOLDER"

    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 1, let folder = arguments.first, !folder.isEmpty else {
            complain(usage)
            return 64
        }
        guard let task = BatchTask.number() else { return 64 }
        do throws(PayloadError) {
            return try Agent.run(JobOrders(path: JobOrders.path(in: folder, task: task)))
        } catch {
            complain(error.description)
            return switch error.code {
            case .message, .configuration: 65
            default: 71
            }
        }
    }
}
