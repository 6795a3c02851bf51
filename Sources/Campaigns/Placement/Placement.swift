public import GroundSegment

/// An SDC as a place for a task's jobs, as far as it is known now.
public struct PlaceLoad: Hashable, Sendable {
    public let sdc: ID<SDC>
    /// Jobs by state.
    public let jobs: [JobState: Int]
    /// The part of the job's inputs that are at the SDC, 0 to 1.
    public let availability: Double
    /// How well what is missing can be brought there, above 0 to 1.
    public let network: Double
    /// The part of its cores that are free, 0 to 1.
    public let freeCores: Double
    public let freeDisk: Terabytes
    /// Why it takes no jobs now: an outage, no sign of life, not the release; `nil` where it does.
    public let outage: String?

    public init(
        sdc: ID<SDC>, jobs: [JobState: Int] = [:], availability: Double, network: Double = 1,
        freeCores: Double = 1, freeDisk: Terabytes = Terabytes(1000), outage: String? = nil
    ) {
        self.sdc = sdc
        self.jobs = jobs
        self.availability = availability
        self.network = network
        self.freeCores = freeCores
        self.freeDisk = freeDisk
        self.outage = outage
    }
}

/// How much speaks for an SDC, term by term: weight = load x availability x network x capacity.
public struct PlaceWeight: Hashable, Sendable, CustomStringConvertible {
    public let sdc: ID<SDC>
    /// Jobs that run.
    public let running: Int
    /// Jobs that are defined, assigned, activated or starting.
    public let queued: Int
    /// 1 to 2: more where more jobs wait for their inputs than are ready to run.
    public let manyAssigned: Double
    /// (running + 1) / ((queued + 10) manyAssigned).
    public let load: Double
    public let availability: Double
    public let network: Double
    public let freeCapacity: Double
    /// The product of load, availability, network and free capacity.
    public let weight: Double
    /// Why it is not taken whatever its weight; `nil` where it may be.
    public let exclusion: String?

    /// - Parameter output: what the job will write there.
    public init(_ load: PlaceLoad, output: Terabytes = .zero) {
        func count(_ states: JobState...) -> Int { states.reduce(0) { $0 + (load.jobs[$1] ?? 0) } }
        let activated = count(.activated, .sent)
        let assigned = count(.assigned)
        sdc = load.sdc
        running = count(.running, .holding, .merging, .transferring)
        queued = activated + assigned + count(.starting, .defined)
        manyAssigned = min(2, max(1, Double(assigned + 1) / Double(activated + 1)))
        self.load = Double(running + 1) / (Double(queued + 10) * manyAssigned)
        availability = load.availability
        network = load.network
        freeCapacity = load.freeCores
        weight = self.load * availability * network * freeCapacity
        exclusion =
            load.outage
            ?? (load.freeDisk < output
                ? "\(load.freeDisk) TB of disk free, \(output) TB needed"
                : load.availability <= 0 ? "none of the inputs is there" : nil)
    }

    /// Every term on one line.
    public var description: String {
        let terms = [
            "running \(running)", "queued \(queued)", "manyAssigned \(Self.text(manyAssigned))",
            "load \(Self.text(load))", "availability \(Self.text(availability))",
            "network \(Self.text(network))", "free \(Self.text(freeCapacity))",
            "weight \(Self.text(weight))",
        ]
        return "\(sdc): " + terms.joined(separator: ", ")
            + (exclusion.map { "; not taken: \($0)" } ?? "")
    }

    private static func text(_ value: Double) -> String {
        "\((value * 10_000).rounded() / 10_000)"
    }
}

/// Where a job runs, and why.
///
/// A job of an item runs at the item's primary SDC, as the published distribution has it; at the
/// secondary where the primary takes no jobs or is late; elsewhere never. A job of no item runs
/// where most speaks for it.
public struct Placement: Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case primary = "primary of the item"
        case secondary = "secondary of the item, for the primary cannot take it"
        case late = "secondary of the item, for the primary is late"
        case weight = "the most speaks for it"
    }

    /// `nil` where no SDC can take it.
    public let sdc: ID<SDC>?
    public let reason: Reason?
    /// All that were looked at, the one with the largest weight first.
    public let weights: [PlaceWeight]

    /// A job of an item.
    ///
    /// - Parameter isLate: whether the primary is behind with the item.
    public init(
        assignment: Assignment, isLate: Bool = false, output: Terabytes = .zero,
        loads: [PlaceLoad]
    ) {
        weights = Self.weights(loads.filter { assignment.contains($0.sdc) }, output)
        let usable = Dictionary(
            weights.filter { $0.exclusion == nil }.map { ($0.sdc, $0) }
        ) { first, _ in first }
        let primary = usable[assignment.primary]
        let secondary = usable[assignment.secondary]
        if isLate, let primary, let secondary, secondary.weight > primary.weight {
            (sdc, reason) = (secondary.sdc, .late)
        } else if let primary {
            (sdc, reason) = (primary.sdc, .primary)
        } else {
            sdc = secondary?.sdc
            reason = secondary == nil ? nil : .secondary
        }
    }

    /// A job of no item: of a number or of the whole campaign.
    public init(output: Terabytes = .zero, loads: [PlaceLoad]) {
        weights = Self.weights(loads, output)
        sdc = weights.first { $0.exclusion == nil }?.sdc
        reason = sdc == nil ? nil : .weight
    }

    private static func weights(_ loads: [PlaceLoad], _ output: Terabytes) -> [PlaceWeight] {
        loads.map { PlaceWeight($0, output: output) }.sorted {
            $0.weight == $1.weight ? $0.sdc < $1.sdc : $0.weight > $1.weight
        }
    }

    /// The choice and its reason, and a line for each SDC with every term.
    public var description: String {
        let choice =
            sdc.flatMap { sdc in reason.map { "\(sdc): \($0.rawValue)" } }
            ?? "no SDC can take it"
        return ([choice] + weights.map(\.description)).joined(separator: "\n")
    }
}
