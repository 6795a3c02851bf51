import Workflows

extension RunLife {
    /// Takes the list of a parallel node.
    mutating func list(_ number: Int, _ elements: [String], _ actions: inout [RunAction]) {
        guard case .parallel(let body, _) = node(number).kind else { return }
        guard count + elements.count * body.nodes.count <= Self.maximumCount else {
            return fail(
                number,
                "a list of \(elements.count) makes more than the \(Self.maximumCount) payloads that a run may have"
            )
        }
        expand(number, .parallel(elements), body)
        begin(partsOf: number, as: .running, &actions)
    }

    /// Makes the payloads of a node that holds others.
    mutating func expand(_ number: Int, _ content: Expansion.Content, _ body: GraphBody) {
        let wasLeaf = isLeaf(number)
        let index = open(number, content, body)
        changes.expansions.append(Expansion(container: number, content))
        if wasLeaf, !isLeaf(number) { leaves -= 1 }
        tally(index)
        for range in ranges(of: containers[index]) {
            for part in range {
                if isLeaf(part) { leaves += 1 }
                touch(part)
            }
        }
    }

    /// Gives a container the payloads of `content`: those that it had for the same iterations,
    /// and new ones where these are not enough. All that count are UNREADY then.
    mutating func open(_ number: Int, _ content: Expansion.Content, _ body: GraphBody) -> Int {
        let index = containerIndex(of: number) ?? containers.count
        if index == containers.count {
            containers.append(Container(number: number))
            slots[number].container = Int32(index)
        }
        var iterations = 1
        switch content {
        case .nested, .withdrawn: break
        case .parallel(let elements):
            iterations = elements.count
            containers[index].elements = elements
        case .subjobs(let subjobs):
            replaceSubjobs(index)
            containers[index].subjobs = subjobs
        }
        containers[index].isOpen = true
        containers[index].iterations = iterations
        for range in ranges(of: containers[index]) {
            for part in range {
                if lives[part].state.isFinal { lives[part].restart() }
                if let inner = containerIndex(of: part) { containers[inner].isOpen = false }
                if isDynamic(part) { lives[part].resources = nil }
            }
        }
        let made = containers[index].segments.reduce(0) { $0 + segments[$1].iterations }
        if iterations > made, !body.nodes.isEmpty {
            append(iterations - made, after: made, body, to: index)
        }
        return index
    }

    private mutating func append(
        _ iterations: Int, after made: Int, _ body: GraphBody, to index: Int
    ) {
        let number = containers[index].number
        let segment = Segment(
            container: number, body: body, depths: body.depths, base: count,
            firstIteration: made, iterations: iterations)
        let place = segments.count
        segments.append(segment)
        containers[index].segments.append(place)
        lives.append(contentsOf: repeatElement(PayloadLife(), count: segment.count))
        slots.append(
            contentsOf: repeatElement(Slot(segment: Int32(place)), count: segment.count))
        // Numbers of attempts never repeat for a place, though another payload stands there.
        for earlier in segments where earlier.container == number && earlier.isReplaced {
            for (node, offset) in zip(earlier.body.nodes, 0...) {
                guard let now = body.place(of: node.id) else { continue }
                lives[segment.base + now].attempts = max(
                    lives[segment.base + now].attempts, lives[earlier.base + offset].attempts)
            }
        }
    }

    private mutating func replaceSubjobs(_ index: Int) {
        for segment in containers[index].segments { segments[segment].isReplaced = true }
        containers[index].segments = []
    }

    /// Counts the parts of an open container, and how many parents each waits for.
    mutating func tally(_ index: Int) {
        let container = containers[index]
        let isParallel = isParallel(container.number)
        let places = container.segments.first.map { segments[$0].body.nodes.count } ?? 0
        containers[index].open = 0
        containers[index].badUnits = 0
        containers[index].bad = Array(
            repeating: 0, count: isParallel ? container.iterations : places)
        for segment in container.segments {
            let (body, base) = (segments[segment].body, segments[segment].base)
            let first = segments[segment].firstIteration
            let iterations = min(segments[segment].iterations, container.iterations - first)
            for iteration in 0..<max(0, iterations) {
                let start = base + iteration * body.nodes.count
                countWaits(of: body, from: start)
                for place in body.nodes.indices {
                    let state = lives[start + place].state
                    if !state.isFinal {
                        containers[index].open += 1
                    } else if state != .completed {
                        containers[index].count(bad: isParallel ? first + iteration : place)
                    }
                }
            }
        }
    }

    /// Counts for each payload of a body the parents that have not ended.
    mutating func countWaits(of body: GraphBody, from base: Int) {
        for place in body.nodes.indices {
            slots[base + place].waits = 0
            slots[base + place].badParents = 0
        }
        for (place, children) in body.children.enumerated() {
            let state = lives[base + place].state
            if !state.isFinal {
                for child in children { slots[base + child].waits += 1 }
            } else if state != .completed {
                for child in children { slots[base + child].badParents += 1 }
            }
        }
    }

    /// Counts everything from the states alone.
    mutating func recount() {
        let counted = counted()
        root = Tally()
        leaves = 0
        badLeaves = 0
        countWaits(of: graph.body, from: 0)
        for number in graph.body.nodes.indices {
            if !lives[number].state.isFinal {
                root.open += 1
            } else if lives[number].state != .completed {
                root.bad += 1
            }
        }
        for number in counted.indicesOfTrue {
            if let index = containerIndex(of: number), containers[index].isOpen { tally(index) }
            guard isLeaf(number) else { continue }
            leaves += 1
            if lives[number].state.isFinal, lives[number].state != .completed { badLeaves += 1 }
        }
    }
}
