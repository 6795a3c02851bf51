import GroundSegment
import Workflows

/// What is to become otherwise of a run that is not submitted yet.
public struct DraftChange: Hashable, Sendable, Codable {
    /// By port: the files that take the place of those that were given; none takes them away.
    public let inputs: [String: [String]]
    /// By the names of `DraftChange.Setting`.
    public let configuration: [String: String]
    public let description: String?

    public init(
        inputs: [String: [String]] = [:], configuration: [String: String] = [:],
        description: String? = nil
    ) {
        self.inputs = inputs
        self.configuration = configuration
        self.description = description
    }

    /// What of a submission may be set.
    public enum Setting: String, Hashable, Sendable, CaseIterable {
        case release, priority, user, project, campaign
        /// `true` or `false`: whether what other runs have done is done again.
        case force
    }

    /// The most bytes of a description.
    static let longestDescription = 10_000
}

extension Submission {
    /// The submission with a change.
    ///
    /// - Throws: `ExecutionError` of code `badCommand` with all that is wrong.
    func changed(by change: DraftChange) throws -> Submission {
        var faults: [String] = []
        var settings: [DraftChange.Setting: String] = [:]
        for (name, value) in change.configuration.sorted(by: { $0.key < $1.key }) {
            guard let setting = DraftChange.Setting(rawValue: name) else {
                let known = DraftChange.Setting.allCases.map(\.rawValue).joined(separator: ", ")
                faults.append("config \(name): expected one of \(known)")
                continue
            }
            settings[setting] = value
        }
        let priority = settings[.priority].map(Int.init) ?? self.priority
        let limit = RunLife.maximumPriority
        if !(priority.map { (-limit...limit).contains($0) } ?? false) {
            faults.append(
                "config priority: found \(settings[.priority] ?? ""), "
                    + "expected -\(limit) to \(limit)")
        }
        let isForced = settings[.force].map(Bool.init) ?? self.isForced
        if isForced == nil {
            faults.append("config force: found \(settings[.force] ?? ""), expected true or false")
        }
        guard faults.isEmpty, let priority, let isForced else {
            throw ExecutionError(.badCommand, faults.joined(separator: "; "))
        }
        return Submission(
            id: id, pipeline: pipeline,
            inputs: inputs.merging(change.inputs) { $1 }.filter { !$0.value.isEmpty },
            softwareRelease: settings[.release] ?? softwareRelease, priority: priority,
            user: settings[.user] ?? user, project: settings[.project] ?? project,
            campaign: settings[.campaign] ?? campaign, isForced: isForced,
            share: share)
    }

    /// Compares the files that are given with the inputs of the pipeline.
    ///
    /// - Parameter isWhole: whether all have to be there.
    /// - Throws: `ExecutionError` of code `badCommand` with all that is wrong.
    func check(against graph: Graph, isWhole: Bool) throws {
        let known = Set(graph.inputs.map(\.name))
        var faults = inputs.keys.filter { !known.contains($0) }.sorted().map {
            "pipeline \"\(graph.name)\" has no input \($0); it has "
                + known.sorted().joined(separator: ", ")
        }
        for input in graph.inputs {
            let count = inputs[input.name]?.count ?? 0
            if count == 0, isWhole {
                faults.append("input \(input.name) is missing")
            } else if input.content == .file, count > 1 {
                faults.append("input \(input.name): found \(count) files, expected one")
            }
        }
        guard faults.isEmpty else {
            throw ExecutionError(.badCommand, faults.joined(separator: "; "))
        }
    }
}

extension Run {
    /// Why a run that is not submitted is held.
    static let draftReason = "not submitted"

    /// The submission that a new run with the same pipeline, inputs and configuration is of.
    ///
    /// - Parameter user: who asks for it.
    /// - Throws: `ExecutionError` of code `illegalTransition` where its inputs are those of an
    ///   order and not here, or not to stay.
    func cloned(id: String, by user: String) throws -> Submission {
        switch origin {
        case .submission(let given), .parent(_, _, let given):
            return Submission(
                id: id, pipeline: given.pipeline, inputs: given.inputs,
                softwareRelease: given.softwareRelease, priority: given.priority, user: user,
                project: given.project, campaign: given.campaign, isForced: given.isForced,
                share: given.share)
        case .order(let order):
            guard
                life.graph.inputs.isEmpty || !inputs.isEmpty && !inputs.contains(where: \.isCached)
            else {
                throw ExecutionError(
                    .illegalTransition,
                    "\(self.id): its inputs are brought for order \(order.id) alone; "
                        + "create a run with --input")
            }
            return Submission(
                id: id, pipeline: order.pipeline,
                inputs: Dictionary(grouping: inputs, by: \.port).mapValues { $0.map(\.path) },
                softwareRelease: order.softwareRelease, priority: order.priority, user: user,
                project: order.survey.text, campaign: order.softwareRelease)
        }
    }
}
