/// Something of a task that rules look at, with the values that it can have.
enum Feature: Int, CaseIterable, Sendable {
    case task, input, output, inputs, outputs, arrival, news, jobs, outcome, scouts, admission
    case placement, preparation, merging, intake

    /// The values' names, in the order of their bits.
    var values: [String] { Self.names[rawValue] }

    /// The first bit of this feature in a `Situation`.
    var offset: Int { Self.offsets[rawValue] }

    /// All bits of this feature.
    var mask: Situation { Self.masks[rawValue] }

    private static let names: [[String]] = allCases.map { feature in
        switch feature {
        case .task: TaskState.allCases.map(\.rawValue)
        case .input: InputState.allCases.map(\.rawValue)
        case .output, .outputs: OutputState.allCases.map(\.rawValue)
        case .inputs: InputSummary.allCases.map(\.rawValue)
        case .arrival: Arrival.allCases.map(\.rawValue)
        case .news: ["none", "some"]
        case .jobs: JobProgress.allCases.map(\.rawValue)
        case .outcome: Outcome.allCases.map(\.rawValue)
        case .scouts: ScoutProgress.allCases.map(\.rawValue)
        case .admission: Admission.allCases.map(\.rawValue)
        case .placement: PlacementProgress.allCases.map(\.rawValue)
        case .preparation, .merging: StepProgress.allCases.map(\.rawValue)
        case .intake: ["closed", "open"]
        }
    }

    private static let offsets: [Int] = names.reduce(into: [0]) { offsets, names in
        offsets.append((offsets.last ?? 0) + names.count)
    }

    private static let masks: [Situation] = allCases.map { feature in
        Situation(bits: ((1 << UInt128(feature.values.count)) - 1) << UInt128(feature.offset))
    }
}

/// All inputs of a task taken together.
enum InputSummary: String, CaseIterable, Sendable {
    case broken, updating, waiting, ready, done

    /// The summary of a task's inputs; of none they are ready.
    init(_ states: some Sequence<InputState>) {
        var isEmpty = true
        var (isBroken, isUpdating, isWaiting, isDone) = (false, false, false, true)
        for state in states {
            isEmpty = false
            switch state {
            case .broken: isBroken = true
            case .toupdate: isUpdating = true
            case .defined, .pending: isWaiting = true
            case .ready: isDone = false
            case .done: break
            }
        }
        self =
            if isEmpty { .ready } else if isBroken { .broken } else if isWaiting {
                .waiting
            } else if isUpdating { .updating } else { isDone ? .done : .ready }
    }
}

/// Values of features as bits, one for each value. A vector has one bit of each feature that it
/// has at all; a rule's pattern has all bits that it takes.
struct Situation: Hashable, Sendable {
    var bits: UInt128 = 0

    /// Adds a value of a feature, by its place among the feature's values.
    mutating func insert(_ value: Int, of feature: Feature) {
        bits |= Self.single[feature.offset + value]
    }

    /// Each bit by itself.
    private static let single = (0..<128).map { UInt128(1) << UInt128($0) }

    /// Whether every bit is one of `pattern`'s.
    func fits(_ pattern: Situation) -> Bool { bits & ~pattern.bits == 0 }

    func intersection(_ other: Situation) -> Situation { Situation(bits: bits & other.bits) }
    func union(_ other: Situation) -> Situation { Situation(bits: bits | other.bits) }

    /// The places of the values that it has of a feature.
    func values(of feature: Feature) -> [Int] {
        feature.values.indices.filter { bits >> UInt128(feature.offset + $0) & 1 == 1 }
    }

    /// Whether it has a value of every feature.
    var isPossible: Bool {
        Feature.allCases.allSatisfy { bits & $0.mask.bits != 0 }
    }

    /// Every value of every feature.
    static let any = Feature.allCases.reduce(Situation()) { $0.union($1.mask) }
}
