import Workflows

/// Payloads of one node that count: a single one, or those of some iterations, at even distances.
struct NodeRange: Sendable {
    let node: Node
    /// The payload that holds them; `nil` for the graph's own nodes and the final one.
    let container: Int?
    /// Number of the first, and of the iteration that it belongs to.
    let first: Int
    let firstIteration: Int
    /// From one to the next.
    let stride: Int
    let count: Int

    var numbers: StrideTo<Int> {
        Swift.stride(from: first, to: first + stride * count, by: stride)
    }
}

extension RunLife {
    /// All payloads that count, node by node: what is asked of a node is asked once for all of its
    /// iterations, however many they are.
    var nodeRanges: [NodeRange] {
        var ranges = graph.body.nodes.enumerated().map { place, node in
            NodeRange(
                node: node, container: nil, first: place, firstIteration: 0, stride: 1, count: 1)
        }
        if let final = graph.final, let number = finalNumber {
            ranges.append(
                NodeRange(
                    node: final.node, container: nil, first: number, firstIteration: 0, stride: 1,
                    count: 1))
        }
        for container in containers where container.isOpen && isCounted(container.number) {
            for index in container.segments where !segments[index].isReplaced {
                let segment = segments[index]
                let count = min(
                    segment.iterations, max(0, container.iterations - segment.firstIteration))
                guard count > 0 else { continue }
                ranges += segment.body.nodes.enumerated().map { place, node in
                    NodeRange(
                        node: node, container: container.number, first: segment.base + place,
                        firstIteration: segment.firstIteration, stride: segment.body.nodes.count,
                        count: count)
                }
            }
        }
        return ranges
    }

    /// Numbers of the payloads that are processes and count, ascending.
    var processes: [Int] {
        nodeRanges.filter { $0.node.executable != nil }.flatMap { Array($0.numbers) }.sorted()
    }

    /// For each payload whether it is a process and counts.
    var countedProcesses: [Bool] {
        var isCounted = Array(repeating: false, count: count)
        for range in nodeRanges where range.node.executable != nil {
            for number in range.numbers { isCounted[number] = true }
        }
        return isCounted
    }

    /// Names of the programs of its nodes, by the nodes' labels.
    var programs: [String: String] {
        var programs: [String: String] = [:]
        for range in nodeRanges {
            guard let executable = range.node.executable else { continue }
            programs[label(range.first)] = executable.name
        }
        return programs
    }

    /// Numbers of the payloads of some ranges whose path holds a text.
    func numbers(of ranges: [NodeRange], withPath text: String) -> [Int] {
        let text = Array(text.utf8)
        var found: [Int] = []
        for range in ranges {
            var path = PathBytes(range, in: self)
            for (place, number) in range.numbers.enumerated() {
                if path.isFound(text, iteration: range.firstIteration + place) {
                    found.append(number)
                }
            }
        }
        return found
    }
}

/// The paths of a range's payloads, which differ in one number.
private struct PathBytes {
    /// What comes before that number, and after it.
    private let head: [UInt8]
    private let tail: [UInt8]
    private let isIterated: Bool
    private var bytes: [UInt8] = []

    init(_ range: NodeRange, in life: RunLife) {
        let path = Array(life.path(range.first).utf8)
        let node = Array(range.node.id.utf8)
        isIterated = range.container.map(life.isParallel) ?? false
        guard isIterated else {
            (head, tail) = (path, [])
            return
        }
        tail = Array(".".utf8) + node
        let iteration = String(range.firstIteration).utf8.count
        head = Array(path.dropLast(tail.count + iteration))
    }

    mutating func isFound(_ text: [UInt8], iteration: Int) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        bytes += head
        if isIterated {
            bytes += String(iteration).utf8
            bytes += tail
        }
        return Self.holds(bytes, text)
    }

    /// Whether bytes hold others, which may be none.
    private static func holds(_ bytes: [UInt8], _ text: [UInt8]) -> Bool {
        guard let first = text.first else { return true }
        guard bytes.count >= text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            text.withUnsafeBufferPointer { text in
                for start in 0...(bytes.count - text.count) where bytes[start] == first {
                    let end = start + text.count
                    if bytes[start..<end].elementsEqual(text) { return true }
                }
                return false
            }
        }
    }
}
