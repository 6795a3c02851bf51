import Workflows

/// Payloads of one node that count: a single one, or those of some iterations, at even distances.
struct NodeRange: Sendable {
    /// Those among which its node is, and where: of many ranges few nodes are looked at.
    private let nodes: [Node]
    private let place: Int
    /// Whether its node is a process itself.
    let isProcess: Bool
    /// The payload that holds them; `nil` for the graph's own nodes and the final one.
    let container: Int?
    /// Number of the first, and of the iteration that it belongs to.
    let first: Int
    let firstIteration: Int
    /// From one to the next.
    let stride: Int
    let count: Int

    /// - Parameter place: of its node in the body.
    init(
        _ body: GraphBody, _ place: Int, container: Int?, first: Int, firstIteration: Int = 0,
        stride: Int = 1, count: Int = 1
    ) {
        nodes = body.nodes
        self.place = place
        isProcess = body.isProcess[place]
        self.container = container
        self.first = first
        self.firstIteration = firstIteration
        self.stride = stride
        self.count = count
    }

    /// A node of no body.
    init(_ node: Node, first: Int) {
        self.init(GraphBody(nodes: [node]), 0, container: nil, first: first)
    }

    var node: Node { nodes[place] }

    /// Its node's, of which nothing else is copied.
    var nodeID: String { nodes[place].id }

    var numbers: StrideTo<Int> {
        Swift.stride(from: first, to: first + stride * count, by: stride)
    }
}

extension RunLife {
    /// All payloads that count, node by node: what is asked of a node is asked once for all of its
    /// iterations, however many they are.
    var nodeRanges: [NodeRange] {
        var ranges = graph.body.nodes.indices.map { place in
            NodeRange(graph.body, place, container: nil, first: place)
        }
        if let final = graph.final, let number = finalNumber {
            ranges.append(NodeRange(final.node, first: number))
        }
        for container in containers where container.isOpen && isCounted(container.number) {
            for index in container.segments where !segments[index].isReplaced {
                let segment = segments[index]
                let count = min(
                    segment.iterations, max(0, container.iterations - segment.firstIteration))
                guard count > 0 else { continue }
                ranges += segment.body.nodes.indices.map { place in
                    NodeRange(
                        segment.body, place, container: container.number,
                        first: segment.base + place, firstIteration: segment.firstIteration,
                        stride: segment.body.nodes.count, count: count)
                }
            }
        }
        return ranges
    }

    /// Numbers of the payloads that are processes and count, ascending.
    var processes: [Int] {
        nodeRanges.filter(\.isProcess).flatMap { Array($0.numbers) }.sorted()
    }

    /// For each payload whether it is a process and counts.
    var countedProcesses: [Bool] {
        var isCounted = Array(repeating: false, count: count)
        for range in nodeRanges where range.isProcess {
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
        let node = Array(range.nodeID.utf8)
        guard let container = range.container else {
            (head, tail, isIterated) = (node, [], false)
            return
        }
        let path = Array(life.path(range.first).utf8)
        isIterated = life.isParallel(container)
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
