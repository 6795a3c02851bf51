import Glibc
import Payloads

/// Which task of its batch job a process is.
enum BatchTask {
    /// Holds the number of the task in a job of several.
    private static let variable = "BATCH_TASK"

    /// The number, 1 where none is said; `nil`, and a complaint, where it is none.
    static func number() -> Int? {
        let text = getenv(variable).map { String(cString: $0) } ?? "1"
        guard let task = Int(text), task > 0 else {
            complain("\(variable): found \(printable(text.utf8)), expected a number from 1")
            return nil
        }
        return task
    }
}
