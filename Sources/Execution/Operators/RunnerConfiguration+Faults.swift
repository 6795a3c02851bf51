import Documents
import Workflows

extension RunnerConfiguration {
    /// Why a submission cannot be done here: another release of the software is installed, or its
    /// payloads need more than there is.
    func faults(_ submission: Submission, _ graph: Graph) -> [Diagnostic] {
        GraphCheck.shortfalls(graph, classes: resourceClasses) + releaseFaults(submission, graph)
    }

    private func releaseFaults(_ submission: Submission, _ graph: Graph) -> [Diagnostic] {
        guard let release, refusal(ofRelease: submission.softwareRelease) != nil else { return [] }
        return [
            Diagnostic(
                file: graph.name, field: "release",
                found: "\"\(submission.softwareRelease.printable)\"",
                expected: "\"\(release)\", which is installed")
        ]
    }
}
