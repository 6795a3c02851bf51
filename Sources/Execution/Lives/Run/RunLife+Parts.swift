import Workflows

/// The bookkeeping of a payload beside its life.
struct Slot: Hashable, Sendable {
    /// The segment that it belongs to; -1 for the graph's own nodes and the final one.
    var segment: Int32 = -1
    /// The container that it is; -1 where it never held others.
    var container: Int32 = -1
    /// Parents that have not ended.
    var waits: Int32 = 0
    /// Parents that ended otherwise than completed.
    var badParents: Int32 = 0
    /// Whether it is among the changes.
    var isChanged = false
}

/// Payloads that were made together: a body once, or for some iterations of a parallel node.
struct Segment: Hashable, Sendable {
    /// Number of the payload that holds them.
    let container: Int
    var body: GraphBody
    let depths: [Int32]
    /// Number of the first.
    let base: Int
    /// Index of the first iteration.
    let firstIteration: Int
    let iterations: Int
    /// It stands for subjobs of an earlier attempt, which were replaced.
    var isReplaced = false

    var count: Int { iterations * body.nodes.count }
}

/// A payload that holds others.
struct Container: Hashable, Sendable {
    let number: Int
    var segments: [Int] = []
    /// Of a parallel node, its list.
    var elements: [String] = []
    /// Iterations that count; 1 for a nested node and for subjobs.
    var iterations = 0
    /// Whether its parts count; they do not from when it has to be done again until it begins.
    var isOpen = false
    /// What was asked for from inside; `nil` for a nested or parallel node.
    var subjobs: Subjobs?
    /// Parts that have not ended.
    var open = 0
    /// How many parts of each iteration (for a parallel node) or of each place (otherwise) ended
    /// otherwise than completed, and for how many of these it is not 0.
    var bad: [Int32] = []
    var badUnits = 0

    mutating func count(bad unit: Int) {
        bad[unit] += 1
        if bad[unit] == 1 { badUnits += 1 }
    }
}

extension RunLife {
    /// The payloads of the same body and iteration.
    struct Siblings {
        let body: GraphBody
        /// Number of the first; -1 where the payload is the final node, which has none.
        let base: Int
        let place: Int
        let iteration: Int
    }

    /// The final node has no siblings.
    func siblings(of number: Int) -> Siblings? {
        guard let segment = segment(of: number) else {
            return number == finalNumber
                ? nil : Siblings(body: graph.body, base: 0, place: number, iteration: 0)
        }
        let (iteration, place) = (number - segment.base).quotientAndRemainder(
            dividingBy: segment.body.nodes.count)
        return Siblings(
            body: segment.body, base: number - place, place: place,
            iteration: segment.firstIteration + iteration)
    }

    func segment(of number: Int) -> Segment? {
        let index = Int(slots[number].segment)
        return index < 0 ? nil : segments[index]
    }

    /// The index of the container that a payload is.
    func containerIndex(of number: Int) -> Int? {
        let index = Int(slots[number].container)
        return index < 0 ? nil : index
    }

    /// The payload that holds this one; `nil` for the graph's own nodes and the final one.
    public func container(of number: Int) -> Int? { segment(of: number)?.container }

    /// Whether the payload holds others now.
    public func isContainer(_ number: Int) -> Bool {
        containerIndex(of: number).map { containers[$0].isOpen } ?? false
    }

    /// Numbers of the payloads that it holds now.
    public func parts(of number: Int) -> [Int] {
        guard let index = containerIndex(of: number) else { return [] }
        return ranges(of: containers[index]).flatMap { Array($0) }
    }

    /// The payloads of a container that count.
    func ranges(of container: Container) -> [Range<Int>] {
        guard container.isOpen else { return [] }
        return container.segments.map { index in
            let segment = segments[index]
            let iterations = min(
                segment.iterations, max(0, container.iterations - segment.firstIteration))
            return segment.base..<(segment.base + iterations * segment.body.nodes.count)
        }
    }

    /// For each payload whether it counts: it belongs to the present list and body of all that
    /// hold it.
    func counted() -> [Bool] {
        var counted = Array(repeating: false, count: count)
        for number in 0..<min(count, graph.body.nodes.count + (finalNumber == nil ? 0 : 1)) {
            counted[number] = true
        }
        // Parts have larger numbers than what holds them.
        for number in lives.indices where counted[number] {
            guard let index = containerIndex(of: number) else { continue }
            for range in ranges(of: containers[index]) {
                for part in range { counted[part] = true }
            }
        }
        return counted
    }

    /// Whether it belongs to the final node.
    func isOfFinal(_ number: Int) -> Bool {
        guard let final = finalNumber else { return false }
        var top = number
        while let container = container(of: top) { top = container }
        return top == final
    }
}
