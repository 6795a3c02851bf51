public import SkyGeometry

/// One field of the survey plan: four dithered pointings in Euclid's case.
public struct Observation: Hashable, Sendable {
    public let id: ID<Observation>
    /// The survey's own class of it: `WIDE_SURVEY`, `DEEP_SURVEY`, `CALIBRATION`; may be empty.
    public let kind: String
    /// When it is observed, from the start of the first pointing to the end of the last.
    public let window: TimeWindow
    /// The centre of the footprint.
    public let centre: SkyPosition
    public let footprint: ConvexPolygon

    public init(
        id: ID<Observation>, kind: String = "", window: TimeWindow, centre: SkyPosition,
        footprint: ConvexPolygon
    ) {
        self.id = id
        self.kind = kind
        self.window = window
        self.centre = centre
        self.footprint = footprint
    }

    /// The order in which plans list observations: by start, then by identifier.
    public static func precedes(_ left: Observation, _ right: Observation) -> Bool {
        left.window.start == right.window.start
            ? left.id < right.id : left.window.start < right.window.start
    }
}

/// A revision of a survey's plan: its observations with their times.
public struct SurveyPlan: Hashable, Sendable {
    /// Names the survey (mission) across plans; one catalogue holds several surveys apart.
    public let id: ID<SurveyPlan>
    /// All observations of the file, of any period, sorted by `Observation.precedes`.
    public let observations: [Observation]
    /// The scales on which the file gave the times, which are UTC here; empty where none is known.
    public let scales: [StatedScale]
    /// What is no fault of the file and should be known of it.
    public let remarks: [String]

    public init(
        id: ID<SurveyPlan>, observations: [Observation], scales: [StatedScale] = [],
        remarks: [String] = []
    ) {
        self.id = id
        self.scales = scales
        self.remarks = remarks
        self.observations = observations.sorted(by: Observation.precedes)
    }

    /// The observations that start within `period`.
    public func observations(in period: TimeWindow) -> [Observation] {
        observations.filter { period.contains($0.window.start) }
    }
}
