import Documents
import GroundSegment
import SkyGeometry

/// What an ObservationRequest of an RSD holds, as it is met in the stream.
struct RSDObservation {
    let id: String
    let line: Int
    var kind = ""
    var pointings: [Pointing] = []

    /// One of its PointingRequests; a value that was refused is not a number.
    struct Pointing {
        let line: Int
        private var start: Double?
        private var longitude: Double?
        private var latitude: Double?
        private var angle: Double?

        init(line: Int) {
            self.line = line
        }

        subscript(value: RSDValue) -> Double? {
            get {
                switch value {
                case .start: start
                case .longitude: longitude
                case .latitude: latitude
                case .angle: angle
                }
            }
            set {
                switch value {
                case .start: start = newValue
                case .longitude: longitude = newValue
                case .latitude: latitude = newValue
                case .angle: angle = newValue
                }
            }
        }

        /// Whether a value was refused.
        var isRefused: Bool {
            RSDValue.allCases.contains { self[$0]?.isNaN == true }
        }
    }

    /// Days from the start of the last pointing to the end of the observation.
    private static let lastPointing = 1066.0 / 86400

    /// The observation's record; `nil` where something is missing in it.
    func record(faults: FaultLog) -> SurveyRecord? {
        guard !id.isEmpty else {
            faults.add(
                line: line, field: "id of ObservationRequest", found: "nothing", expected: "its id")
            return nil
        }
        guard let first = pointings.first else {
            faults.add(
                line: line, field: "observation \(id)", found: "no PointingRequest",
                expected: "at least one")
            return nil
        }
        var isComplete = true
        for (index, pointing) in pointings.enumerated() {
            for value in RSDValue.allCases where pointing[value] == nil {
                guard index == 0 || value != .angle else { continue }
                isComplete = false
                faults.add(
                    line: pointing.line, field: "\(value.rawValue) of observation \(id)",
                    found: "nothing", expected: value.expected)
            }
        }
        guard isComplete, !pointings.contains(where: \.isRefused) else { return nil }
        return record(angle: first[.angle] ?? 0, faults: faults)
    }

    private func record(angle: Double, faults: FaultLog) -> SurveyRecord? {
        let starts = pointings.compactMap { $0[.start] }.map { $0 / 1e5 + 51544.0 }
        for pointing in pointings {
            for value in [RSDValue.longitude, .latitude] {
                guard let number = pointing[value], !value.range.contains(number) else { continue }
                faults.add(
                    line: pointing.line, field: "\(value.rawValue) of observation \(id)",
                    found: PlainText.number(number), expected: "\(value.range.text), in degrees")
                return nil
            }
        }
        let positions = pointings.map { pointing in
            SkyPosition(ra: pointing[.longitude] ?? 0, dec: pointing[.latitude] ?? 0).vector
        }
        guard let mean = UnitVector.mean(positions), let start = starts.min(),
            let last = starts.max()
        else {
            faults.add(
                line: line, field: "observation \(id)", found: "pointings that are opposite",
                expected: "pointings of one field")
            return nil
        }
        let centre = SkyPosition(mean)
        return SurveyRecord(
            id: id, kind: kind, start: MJD(start), end: MJD(last + Self.lastPointing),
            longitude: centre.ra, latitude: centre.dec, angle: angle, frame: .ecliptic,
            place: .line(line))
    }
}

/// The numbers of a pointing, by the names of their elements.
enum RSDValue: String, CaseIterable {
    /// In 1e-5 days since MJD 51544.0.
    case start = "Mjd2000"
    /// Ecliptic, degrees.
    case longitude = "Longitude"
    case latitude = "Latitude"
    /// From ecliptic north to east, degrees.
    case angle = "PositionAngle"

    var expected: String {
        switch self {
        case .start: "a whole number of 1e-5 days since MJD 51544"
        default: "a number of degrees"
        }
    }

    /// The degrees that an angle may have.
    var range: NumberRange {
        self == .latitude ? .from(-90, to: 90) : .from(-360, to: 360)
    }
}
