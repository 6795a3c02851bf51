import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner manage list`
struct ManageListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List runs and payloads that meet all conditions.",
        discussion: """
            A condition is a field (id, super_id, name, status), an operator (= != < <= > >= ~) \
            and a value; ~ is for texts that occur in others.

              sdc-runner manage list "status = FAILED"
              sdc-runner manage list "super_id = 17" "name ~ flat" --json
            """)

    @Argument(help: "Conditions, each as one word of the shell.")
    var conditions: [String] = []

    @OptionGroup var store: StoreOptions

    func validate() throws {
        for condition in conditions where JobFilter(condition) == nil {
            let fields = JobFilter.Field.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError(
                "\(condition): expected FIELD OPERATOR VALUE, a field of \(fields)")
        }
    }

    private struct List: Encodable { let jobs: [ManagedJob] }

    func run() async throws {
        try await store.reporting {
            let filters = conditions.compactMap(JobFilter.init)
            let rows = try await store.runs(RunFilter(), isWhole: true).flatMap {
                ManagedJob.rows($0, filters)
            }
            try store.show(List(jobs: rows), ManagedJob.text(rows))
        }
    }
}
