import Documents
import Workflows

extension RunnerConfiguration {
    /// Why a submission cannot be done here: another release of the software is installed, or its
    /// payloads need more than there is.
    func faults(_ submission: Submission, _ graph: Graph) -> [Diagnostic] {
        GraphCheck.shortfalls(graph, classes: resourceClasses) + releaseFaults(submission, graph)
    }

    private func releaseFaults(_ submission: Submission, _ graph: Graph) -> [Diagnostic] {
        let wanted = submission.softwareRelease
        let expected: String
        if let release, !wanted.isEmpty, wanted != release {
            expected = "\"\(release)\", which is installed"
        } else if let environment, environment.refusal(ofRelease: wanted) != nil {
            expected = "one that the site knows: \(environment.releases.joined(separator: ", "))"
        } else if let lack = environment?.lack(ofRelease: wanted) {
            expected = "one that is all there: \(lack)"
        } else {
            return []
        }
        return [
            Diagnostic(
                file: graph.name, field: "release", found: "\"\(wanted.printable)\"",
                expected: expected)
        ]
    }
}
