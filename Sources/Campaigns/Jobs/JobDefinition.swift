public import GroundSegment

/// A part of a data set: what one job of its producer makes.
public struct DataPart: Hashable, Sendable, CustomStringConvertible {
    public let data: ID<DataSet>
    public let key: JobKey

    public init(data: ID<DataSet>, key: JobKey) {
        self.data = data
        self.key = key
    }

    public var description: String { "\(data) of \(key)" }
}

/// Whether a part of a data set is there.
public enum PartStanding: String, Hashable, Sendable, CaseIterable {
    case there
    case coming
    /// It will not come.
    case lost
}

/// A job of a task, with the parts that it reads.
public struct JobDefinition: Hashable, Sendable {
    public let key: JobKey
    /// Parts that are there, by data set and key.
    public let inputs: [DataPart]
    /// Parts that it does without; empty where the task is not partial.
    public let missing: [DataPart]
}

/// Defines the jobs of a task as their inputs come: each runs when all of its own parts are there,
/// whatever other jobs wait for.
public struct JobPlan: Hashable, Sendable {
    /// Jobs that can run now and are not defined yet.
    public let ready: [JobDefinition]
    /// Jobs that wait, with the first parts that they wait for.
    public let waiting: [JobKey: [DataPart]]
    /// Jobs that can never run, with the parts that are lost.
    public let lost: [JobKey: [DataPart]]

    /// Parts that are told of a job.
    private static let mostTold = 10

    /// - Parameters:
    ///   - keys: all jobs of the task: its items, its numbers or `campaign`; see `keys(of:items:)`.
    ///   - defined: jobs that are defined already.
    ///   - overlaps: for each tile the observations that it needs.
    ///   - isReleased: whether jobs go on without what is still to come.
    ///   - standing: of a part of an input.
    public init(
        _ task: CampaignTask, in graph: CampaignGraph, keys: [JobKey], defined: Set<JobKey> = [],
        overlaps: Overlaps, isReleased: Bool = false,
        standing: (DataPart) -> PartStanding
    ) {
        var ready: [JobDefinition] = []
        var waiting: [JobKey: [DataPart]] = [:]
        var lost: [JobKey: [DataPart]] = [:]
        for key in keys where !defined.contains(key) {
            var parts: [PartStanding: [DataPart]] = [:]
            for input in task.inputs.compactMap({ graph[$0] }) {
                for part in overlaps.parts(of: input, for: key, task, in: graph) {
                    parts[standing(part), default: []].append(part)
                }
            }
            let (there, coming) = (parts[.there] ?? [], parts[.coming] ?? [])
            let gone = parts[.lost] ?? []
            if coming.isEmpty && gone.isEmpty {
                ready.append(JobDefinition(key: key, inputs: there, missing: []))
            } else if !coming.isEmpty, !(isReleased && task.policy.isPartial) {
                waiting[key] = Array(coming.prefix(Self.mostTold))
            } else if task.policy.isPartial, !there.isEmpty,
                Double(there.count)
                    >= task.policy.coverage * Double(there.count + coming.count + gone.count)
            {
                ready.append(JobDefinition(key: key, inputs: there, missing: coming + gone))
            } else if coming.isEmpty {
                lost[key] = Array(gone.prefix(Self.mostTold))
            } else {
                waiting[key] = Array(coming.prefix(Self.mostTold))
            }
        }
        self.ready = ready
        self.waiting = waiting
        self.lost = lost
    }

    /// All jobs of a task.
    ///
    /// - Parameter items: the items that its selection chooses.
    public static func keys(of task: CampaignTask, items: some Sequence<ItemID>) -> [JobKey] {
        switch task.unit {
        case .observation, .tile:
            items.filter { $0.kind == task.unit.itemKind }.map(JobKey.item).sorted()
        case .number: (1...max(1, task.count)).map(JobKey.number)
        case .campaign: [.campaign]
        }
    }
}

/// Which observations and tiles have a part of the sky in common.
public struct Overlaps: Sendable {
    private let observations: [ID<Tile>: [ID<Observation>]]
    private let tiles: [ID<Observation>: [ID<Tile>]]
    /// All items of the campaign by kind, for tasks with one job for all.
    private let all: [ItemKind: [ItemID]]

    /// - Parameters:
    ///   - observations: for each tile those that it needs.
    ///   - items: all items of the campaign.
    public init(_ observations: [ID<Tile>: [ID<Observation>]], items: [ItemID] = []) {
        self.observations = observations
        var tiles: [ID<Observation>: [ID<Tile>]] = [:]
        for (tile, own) in observations {
            for observation in own { tiles[observation, default: []].append(tile) }
        }
        self.tiles = tiles.mapValues { $0.sorted() }
        all = Dictionary(grouping: items, by: \.kind)
    }

    /// The parts of a data set that a job of a task reads.
    func parts(
        of data: DataSet, for key: JobKey, _ task: CampaignTask, in graph: CampaignGraph
    ) -> [DataPart] {
        keys(data.unit, for: key, count: data.producer.flatMap { graph[$0]?.count } ?? task.count)
            .map { DataPart(data: data.id, key: $0) }
    }

    private func keys(_ unit: JobUnit, for key: JobKey, count: Int) -> [JobKey] {
        switch (unit, key) {
        case (.campaign, _): [.campaign]
        case (.number, .campaign): (1...max(1, count)).map(JobKey.number)
        case (.number, _): [key]
        case (.observation, .item(.tile(let tile))):
            (observations[tile] ?? []).map { .item(.observation($0)) }
        case (.tile, .item(.observation(let observation))):
            (tiles[observation] ?? []).map { .item(.tile($0)) }
        case (.observation, .campaign): (all[.observation] ?? []).map(JobKey.item)
        case (.tile, .campaign): (all[.tile] ?? []).map(JobKey.item)
        default: [key]
        }
    }
}
