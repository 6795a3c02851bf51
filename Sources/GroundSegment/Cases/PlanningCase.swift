public import SkyGeometry

/// Everything that one planning run is given: valid, cross-checked and immutable.
public struct PlanningCase: Sendable {
    /// The largest number of SDCs: sets of them are the bits of one word.
    public static let mostSDCs = 64

    public let name: String
    public let survey: SurveyPlan
    /// The centres, sorted by identifier; at least two, at most `mostSDCs`.
    public let sdcs: [SDC]
    public let grid: RingGrid
    public let buckets: Buckets
    public let processing: Processing
    public let balance: Balance
    public let weights: Weights
    public let rules: ItemRules
    public let options: PlanningOptions
    /// The files that were read, sorted by name.
    public let inputs: [InputFile]
    /// Where the reservations of the SDCs come from; `nil` where there are none.
    public let reserved: ReservedSource?

    /// - Precondition: the parts agree; for what comes from files there is
    ///   `init(validating:survey:sdcs:grid:buckets:processing:balance:weights:rules:options:inputs:reserved:)`.
    public init(
        name: String, survey: SurveyPlan, sdcs: [SDC], grid: RingGrid, buckets: Buckets,
        processing: Processing, balance: Balance, weights: Weights = Weights(),
        rules: ItemRules = ItemRules(), options: PlanningOptions = PlanningOptions(),
        inputs: [InputFile] = []
    ) {
        do throws(PlanningCaseError) {
            try self.init(
                validating: name, survey: survey, sdcs: sdcs, grid: grid, buckets: buckets,
                processing: processing, balance: balance, weights: weights, rules: rules,
                options: options, inputs: inputs)
        } catch {
            preconditionFailure(error.description)
        }
    }

    /// Checks the parts against each other.
    ///
    /// - Throws: `PlanningCaseError` where there are too few or too many SDCs, an SDC or an
    ///   observation is there twice, or a rule names an SDC that is not there.
    public init(
        validating name: String, survey: SurveyPlan, sdcs: [SDC], grid: RingGrid,
        buckets: Buckets, processing: Processing, balance: Balance, weights: Weights,
        rules: ItemRules, options: PlanningOptions, inputs: [InputFile],
        reserved: ReservedSource? = nil
    ) throws(PlanningCaseError) {
        try Self.check(sdcs, rules)
        if let id = Self.repeated(survey.observations.map(\.id)) {
            throw PlanningCaseError(
                .repeated, "observation \(id) a second time, expected each once")
        }
        self.init(
            checked: name, survey: survey, sdcs: sdcs, grid: grid, buckets: buckets,
            processing: processing, balance: balance, weights: weights, rules: rules,
            options: options, inputs: inputs, reserved: reserved)
    }

    private init(
        checked name: String, survey: SurveyPlan, sdcs: [SDC], grid: RingGrid, buckets: Buckets,
        processing: Processing, balance: Balance, weights: Weights, rules: ItemRules,
        options: PlanningOptions, inputs: [InputFile], reserved: ReservedSource?
    ) {
        self.name = name
        self.survey = survey
        self.sdcs = sdcs.sorted { $0.id < $1.id }
        self.grid = grid
        self.buckets = buckets
        self.processing = processing
        self.balance = balance
        self.weights = weights
        self.rules = rules
        self.options = options
        self.inputs = inputs.sorted { $0.name < $1.name }
        self.reserved = reserved
    }

    public var period: TimeWindow { buckets.period }
}

/// Tolerated deviations from the target shares (rules T1 to T4).
public struct Balance: Hashable, Sendable {
    /// Of the work of an SDC in a bucket, relative.
    public let work: Double
    /// Of the observations that an SDC receives in a bucket, relative.
    public let observations: Double
    /// Of an SDC's part of the new data, relative.
    public let storage: Double
    /// Days that an SDC may wait for a new primary observation.
    public let gap: Double

    public init(work: Double, observations: Double, storage: Double, gap: Double) {
        self.work = work
        self.observations = observations
        self.storage = storage
        self.gap = gap
    }
}

/// What is added to the cost besides the volume moved.
public struct Weights: Hashable, Sendable {
    /// TB for every assignment changed against the base without a cause.
    public let stability: Double
    /// Part of the volume of each copy that the tiles' secondaries would need.
    public let failover: Double
    /// TB for every pair of neighbouring tiles that have different primaries.
    public let compact: Double

    public init(stability: Double = 0.01, failover: Double = 0.1, compact: Double = 0) {
        self.stability = stability
        self.failover = failover
        self.compact = compact
    }
}

/// A file that was read, by its name relative to the case and the SHA-256 of its bytes.
public struct InputFile: Hashable, Sendable {
    public let name: String
    /// Lower-case hexadecimal SHA-256.
    public let sha256: String
    public let bytes: Int

    public init(name: String, sha256: String, bytes: Int) {
        self.name = name
        self.sha256 = sha256
        self.bytes = bytes
    }
}

extension PlanningCase {
    /// The same case with other options.
    public func with(options: PlanningOptions) -> PlanningCase { changed(options: options) }

    /// The same case with other rules on items.
    ///
    /// - Precondition: they name SDCs of the case.
    public func with(rules: ItemRules) -> PlanningCase { with(sdcs: sdcs, rules: rules) }

    /// The same case with other observations.
    public func with(survey: SurveyPlan) -> PlanningCase { changed(survey: survey) }

    /// The same case with other values of what items take.
    public func with(processing: Processing) -> PlanningCase { changed(processing: processing) }

    /// The same case with what others use of its SDCs in place of what was reserved.
    public func reserving(_ reservations: [ID<SDC>: [Reservation]]) -> PlanningCase {
        changed(sdcs: sdcs.map { $0.with(reservations: reservations[$0.id] ?? []) })
    }

    /// The same case with other weights and tolerances.
    public func with(balance: Balance, weights: Weights) -> PlanningCase {
        changed(balance: balance, weights: weights)
    }

    /// The same case with more input files.
    public func with(inputs more: [InputFile]) -> PlanningCase { changed(inputs: inputs + more) }

    /// The same case with other SDCs and rules on single items.
    ///
    /// - Precondition: there are 2 to `mostSDCs` SDCs, each once, and the rules name no others.
    public func with(sdcs: [SDC], rules: ItemRules) -> PlanningCase {
        do throws(PlanningCaseError) {
            try Self.check(sdcs, rules)
        } catch {
            preconditionFailure(error.description)
        }
        return changed(sdcs: sdcs, rules: rules)
    }

    private func changed(
        survey: SurveyPlan? = nil, sdcs: [SDC]? = nil, rules: ItemRules? = nil,
        options: PlanningOptions? = nil, processing: Processing? = nil,
        balance: Balance? = nil, weights: Weights? = nil, inputs: [InputFile]? = nil
    ) -> PlanningCase {
        PlanningCase(
            checked: name, survey: survey ?? self.survey, sdcs: sdcs ?? self.sdcs, grid: grid,
            buckets: buckets,
            processing: processing ?? self.processing, balance: balance ?? self.balance,
            weights: weights ?? self.weights, rules: rules ?? self.rules,
            options: options ?? self.options,
            inputs: inputs ?? self.inputs, reserved: reserved)
    }

    private static func check(_ sdcs: [SDC], _ rules: ItemRules) throws(PlanningCaseError) {
        guard (2...mostSDCs).contains(sdcs.count) else {
            throw PlanningCaseError(.sdcCount, "\(sdcs.count) SDCs, expected 2 to \(mostSDCs)")
        }
        if let id = repeated(sdcs.map(\.id)) {
            throw PlanningCaseError(.repeated, "SDC \(id) a second time, expected each once")
        }
        let known = Set(sdcs.map(\.id))
        let named = rules.pins.map(\.sdc) + rules.prohibitions.map(\.sdc)
        if let stranger = named.first(where: { !known.contains($0) }) {
            throw PlanningCaseError(
                .unknownSDC, "a rule on \(stranger), expected one of the case's SDCs")
        }
    }

    /// The first that is there before; `nil` where each is there once.
    private static func repeated<Item>(_ ids: [ID<Item>]) -> ID<Item>? {
        var seen = Set<ID<Item>>(minimumCapacity: ids.count)
        return ids.first { !seen.insert($0).inserted }
    }
}
