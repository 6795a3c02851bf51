import Glibc
import Payloads

/// `sdc-payload attempt`: exit status 0 when the results are written, 64 without a folder, 65 for
/// a file that is none of orders, 71 where the system does not allow an agent, 75 where an attempt
/// was not begun.
enum AttemptCommand {
    static let usage = "usage: sdc-payload attempt FOLDER"

    /// Holds the number of the task in a job of several.
    private static let taskVariable = "BATCH_TASK"

    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 1, let folder = arguments.first, !folder.isEmpty else {
            complain(usage)
            return 64
        }
        let text = getenv(taskVariable).map { String(cString: $0) } ?? "1"
        guard let task = Int(text), task > 0 else {
            complain("\(taskVariable): found \(printable(text.utf8)), expected a number from 1")
            return 64
        }
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
