import Campaigns
import GroundSegment

/// What happens around the rules: items are looked up, SDCs found, jobs defined and run. It does
/// what the state of each task asks for, and nothing else.
struct World {
    var vectors: [TaskVector]
    /// Jobs of each task.
    var jobs: [TaskKey: Int]
    /// Jobs of each task that are lost whenever they run.
    var losses: [TaskKey: Int] = [:]

    init(_ graph: CampaignGraph, campaign: ID<Campaign> = "c", jobs: Int = 10) {
        vectors = graph.order.compactMap { graph[$0] }.map { TaskVector($0, of: campaign) }
        self.jobs = Dictionary(uniqueKeysWithValues: vectors.map { ($0.key, jobs) })
        for place in vectors.indices { vectors[place].admission = .admitted }
    }

    subscript(task: String) -> TaskVector {
        get {
            vectors.first { $0.key.task.text == task } ?? vectors[0]
        }
        set {
            guard let place = vectors.firstIndex(where: { $0.key.task.text == task }) else {
                return
            }
            vectors[place] = newValue
        }
    }

    /// One sweep; what fired.
    @discardableResult
    mutating func sweep() throws -> [Firing] {
        let result = try Sweep().run(on: vectors)
        vectors = result.vectors
        return result.firings
    }

    /// Lets everything happen that can, with a sweep after each time, until nothing changes.
    ///
    /// - Returns: every state that a task was in.
    @discardableResult
    mutating func settle() throws -> Set<TaskState> {
        var states = Set(vectors.map(\.state))
        while true {
            let before = vectors
            for firing in try sweep() {
                if case .task(let state) = firing.change { states.insert(state) }
            }
            for place in vectors.indices { act(place) }
            if vectors == before { return states }
        }
    }

    /// Does what a task's state asks for.
    mutating func act(_ place: Int) {
        supply(place)
        var vector = vectors[place]
        let all = jobs[vector.key] ?? 0
        switch vector.state {
        case .preprocessing: vector.preparation = .over
        case .assigning: vector.placement = .placed
        case .ready:
            vector.jobs.isCounted = true
            vector.jobs.total = all
            if vector.scouts == .open {
                let begun = vector.jobs.active + vector.jobs.finished
                let scouts = max(0, vector.policy.scouts - begun)
                define(min(scouts, vector.jobs.undefined), &vector)
            } else {
                define(vector.jobs.undefined, &vector)
            }
        case .scouting:
            end(&vector, lost: min(vector.jobs.active, losses[vector.key] ?? 0))
            vector.scouts = .of(
                wanted: min(vector.policy.scouts, all), finished: vector.jobs.finished,
                failed: vector.jobs.lost)
        case .scouted: define(vector.jobs.undefined, &vector)
        case .running:
            define(vector.jobs.undefined, &vector)
            end(&vector, lost: (losses[vector.key] ?? 0) - vector.jobs.lost)
        case .merging: vector.merging = .over
        case .aborting:
            vector.jobs.lost += vector.jobs.active
            vector.jobs.active = 0
        case .finishing: end(&vector, lost: 0)
        case .tobroken: vector.jobs.active = 0
        case .rerefine: vector.jobs.total = all
        case .reassigning: vector.jobs.active = 0
        default: break
        }
        for input in vector.inputs.indices
        where vector.inputs[input].state == .toupdate || vector.state == .ready {
            vector.inputs[input].known = vector.inputs[input].available
        }
        vectors[place] = vector
    }

    private func define(_ count: Int, _ vector: inout TaskVector) {
        vector.jobs.active += count
    }

    private func end(_ vector: inout TaskVector, lost: Int) {
        let lost = max(0, min(lost, vector.jobs.active))
        vector.jobs.lost += lost
        vector.jobs.finished += vector.jobs.active - lost
        vector.jobs.active = 0
    }

    /// Tells a task what its producers have made.
    private mutating func supply(_ place: Int) {
        for input in vectors[place].inputs.indices {
            let data = vectors[place].inputs[input].data
            guard
                let producer = vectors.first(where: { vector in
                    vector.key.campaign == vectors[place].key.campaign
                        && vector.outputs.contains { $0.data == data }
                })
            else { continue }
            vectors[place].inputs[input].expected = jobs[producer.key] ?? 0
            vectors[place].inputs[input].available = producer.jobs.finished
        }
    }
}
