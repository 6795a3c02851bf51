/// What processing an observation and a tile takes (DISTRIBUTION section 2).
///
/// Observations of a kind may have values of their own, and a tile may take more for each
/// observation of the period that overlaps it.
public struct Processing: Hashable, Sendable {
    /// What an observation takes whose kind has no value of its own.
    public let observationWork: CoreHours
    public let observationVolume: Terabytes
    /// Days from an observation's end to its arrival at the ground segment.
    public let latency: Double
    /// What a tile takes, without its observations.
    public let tileWork: CoreHours
    public let tileVolume: Terabytes
    /// What a tile takes more for each observation of the period that overlaps it.
    public let tileWorkPerObservation: CoreHours
    public let tileVolumePerObservation: Terabytes
    /// Values of observations by their kind; what a kind does not name has the general value.
    public let kinds: [String: KindValues]

    /// What observations of one kind take, where that is not what others do.
    public struct KindValues: Hashable, Sendable {
        /// `nil` where the general value holds.
        public let work: CoreHours?
        public let volume: Terabytes?
        /// Days.
        public let latency: Double?

        public init(work: CoreHours? = nil, volume: Terabytes? = nil, latency: Double? = nil) {
            self.work = work
            self.volume = volume
            self.latency = latency
        }
    }

    public init(
        observationWork: CoreHours, observationVolume: Terabytes, latency: Double = 0,
        tileWork: CoreHours, tileVolume: Terabytes, tileWorkPerObservation: CoreHours = .zero,
        tileVolumePerObservation: Terabytes = .zero, kinds: [String: KindValues] = [:]
    ) {
        self.observationWork = observationWork
        self.observationVolume = observationVolume
        self.latency = latency
        self.tileWork = tileWork
        self.tileVolume = tileVolume
        self.tileWorkPerObservation = tileWorkPerObservation
        self.tileVolumePerObservation = tileVolumePerObservation
        self.kinds = kinds
    }

    /// Whether all observations take the same, and all tiles.
    public var isUniform: Bool {
        kinds.isEmpty && tileWorkPerObservation == .zero && tileVolumePerObservation == .zero
    }

    /// The work of an observation of a kind.
    public func work(ofKind kind: String) -> CoreHours { kinds[kind]?.work ?? observationWork }

    /// The volume of an observation of a kind.
    public func volume(ofKind kind: String) -> Terabytes {
        kinds[kind]?.volume ?? observationVolume
    }

    /// Days from the end of an observation of a kind to its arrival.
    public func latency(ofKind kind: String) -> Double { kinds[kind]?.latency ?? latency }

    /// The work of a tile that so many observations of the period overlap.
    public func tileWork(observations count: Int) -> CoreHours {
        tileWork + tileWorkPerObservation * Double(count)
    }

    /// The volume of a tile that so many observations of the period overlap.
    public func tileVolume(observations count: Int) -> Terabytes {
        tileVolume + tileVolumePerObservation * Double(count)
    }

    /// When an observation arrives at the ground segment.
    public func arrival(of observation: Observation) -> MJD {
        observation.window.end + latency(ofKind: observation.kind)
    }

    public func work(of entry: AssignedObservation) -> CoreHours {
        work(ofKind: entry.observation.kind)
    }

    public func volume(of entry: AssignedObservation) -> Terabytes {
        volume(ofKind: entry.observation.kind)
    }

    public func work(of entry: AssignedTile) -> CoreHours {
        tileWork(observations: entry.overlaps.count)
    }

    public func volume(of entry: AssignedTile) -> Terabytes {
        tileVolume(observations: entry.overlaps.count)
    }
}
