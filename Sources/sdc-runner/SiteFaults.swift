import Commands
import Execution

/// The faults of all that the descriptions of SDCs say to a runner, so that they are told at once.
struct SiteFaults {
    private var lines: [String] = []

    /// Reads a part of the descriptions; `nil` where it has faults, which are kept.
    ///
    /// - Throws: what is no fault of a description.
    mutating func reading<Part>(_ part: () throws -> Part) throws -> Part? {
        do {
            return try part()
        } catch let error as ExecutionError where error.code == .badSite {
            add(CommandError(error).lines)
        } catch let error as CommandError where error.status == .badInput {
            add(error.lines)
        }
        return nil
    }

    /// What several parts find, such as a line that is no YAML, is told once.
    private mutating func add(_ more: [String]) {
        for line in more where !lines.contains(line) { lines.append(line) }
    }

    /// - Throws: `CommandError` with all faults, where there are any.
    func check() throws {
        guard lines.isEmpty else { throw CommandError(.badInput, lines: lines) }
    }
}
