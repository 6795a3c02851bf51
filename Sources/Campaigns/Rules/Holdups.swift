import GroundSegment

/// Why tasks do not go on, in sentences for people.
public struct Holdups: Sendable {
    private let reasons: [TaskKey: [String]]

    /// What holds up the tasks of any number of campaigns.
    public init(_ vectors: [TaskVector]) {
        let makers = Dictionary(
            vectors.flatMap { vector in
                vector.outputs.map { (DataKey(vector.key.campaign, $0.data), vector) }
            }
        ) { first, _ in first }
        reasons = Dictionary(
            vectors.map { vector in
                let own = vector.reasons { makers[DataKey(vector.key.campaign, $0)] }
                return (vector.key, own)
            }
        ) { first, _ in first }
    }

    /// What holds a task up; nothing where it goes on by itself or has ended as it should.
    public subscript(task: TaskKey) -> [String] { reasons[task] ?? [] }

    private struct DataKey: Hashable {
        let campaign: ID<Campaign>
        let data: ID<DataSet>

        init(_ campaign: ID<Campaign>, _ data: ID<DataSet>) {
            self.campaign = campaign
            self.data = data
        }
    }
}

extension TaskVector {
    /// - Parameter maker: the task that makes a data set; `nil` for data from outside.
    fileprivate func reasons(_ maker: (ID<DataSet>) -> TaskVector?) -> [String] {
        switch state {
        case .registered:
            ["its campaign is not approved, or what it waits for by date or product has not come"]
        case .pending: inputs.compactMap { awaited($0, maker($0.data)) }
        case .broken, .tobroken:
            inputs.filter { $0.state == .broken }.map { input in
                "data set \(input.data) will never be there: \(input.parts)"
                    + (maker(input.data).map { "; task \($0.key.task) is \($0.state.rawValue)" }
                        ?? "")
            }
        case .assigning: ["no SDC has been found for its jobs yet"]
        case .preprocessing where preparation == .failed:
            ["the job that prepares its inputs is lost: retry its order, or kill the task"]
        case .merging where merging == .failed:
            ["the job that joins its outputs is lost: retry its order, or kill the task"]
        case .throttled: ["its campaign has as many jobs as it may have; release lets it go on"]
        case .ready: ["its jobs are being defined"]
        case .scouting: ["the first jobs are measured: \(jobs.active) of them are not over"]
        case .running where jobs.active == 0 && jobs.undefined > 0:
            ["\(jobs.undefined) jobs wait for their own inputs"]
        case .exhausted:
            [
                "\(jobs.lost) of its first \(policy.scouts) jobs failed, too many for an estimate: "
                    + "retry or kill it"
            ]
        case .failed: ["\(jobs.lost) of \(jobs.total) jobs are lost: retry it"]
        case .paused: ["an operator has paused it; resume lets it go on"]
        default: []
        }
    }

    private func awaited(_ input: InputVector, _ maker: TaskVector?) -> String? {
        guard input.state == .pending || input.state == .defined else { return nil }
        let what = "data set \(input.data) is awaited: \(input.parts)"
        guard let maker else {
            let next = input.next.map { "; the next is expected in \(Self.hours($0))" } ?? ""
            let late = input.overdue > 0 ? "; late by \(Self.hours(input.overdue))" : ""
            return what + next + late
        }
        let task = "task \(maker.key.task), which makes it, is \(maker.state.rawValue)"
        let jobs = maker.jobs
        return "\(what); \(task)"
            + (jobs.total > 0 ? " (\(jobs.finished) of \(jobs.total) jobs finished)" : "")
    }

    private static func hours(_ hours: Double) -> String {
        "\((hours * 10).rounded() / 10) h"
    }
}

extension InputVector {
    fileprivate var parts: String { "\(available) of \(expected) parts are there" }
}
