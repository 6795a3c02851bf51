import Documents
import GroundSegment
import SkyGeometry

/// Checks a survey's records and makes observations of them.
struct SurveyBuilder {
    let source: SurveySource
    let faults: FaultLog
    /// The scales of the file's times, once they are known.
    var scales: [StatedScale] = []
    private var observations: [Observation] = []
    private var places: [String: RecordPlace] = [:]
    private var isFull = false

    /// What the catalogue's indices can hold beside the survey's own id.
    private static let mostIDBytes = 1024
    /// More than any survey has; a view of a database may have rows without end.
    private static let mostObservations = 5_000_000

    init(source: SurveySource, faults: FaultLog) {
        self.source = source
        self.faults = faults
    }

    /// Adds a record; what is wrong with it goes to the log.
    mutating func add(_ record: SurveyRecord) {
        guard PlainText.isPrintable(record.id) else {
            faults.add(
                record.place, field: "id", found: "\"\(record.id)\"", expected: "printable text")
            return
        }
        guard record.id.utf8.count <= Self.mostIDBytes else {
            faults.add(
                record.place, field: "id", found: "an id of \(record.id.utf8.count) bytes",
                expected: "at most \(Self.mostIDBytes)")
            return
        }
        guard places.count < Self.mostObservations else {
            if !isFull {
                isFull = true
                faults.add(
                    record.place, found: "more than \(Self.mostObservations) observations",
                    expected: "at most as many")
            }
            return
        }
        if let first = places.updateValue(record.place, forKey: record.id) {
            places[record.id] = first
            faults.add(
                record.place, field: "id", found: "observation \(record.id) a second time",
                expected: "each once (the first is in \(first.text))")
            return
        }
        guard hasValidTimes(record), hasValidAngles(record) else { return }
        observations.append(observation(record))
    }

    /// The survey plan, which must have observations that start within `period`.
    func plan(period: TimeWindow?) -> SurveyPlan? {
        if observations.isEmpty, faults.isEmpty {
            faults.add(found: "no observation", expected: "at least one")
        }
        guard faults.isEmpty else { return nil }
        let plan = SurveyPlan(
            id: source.id, observations: observations, scales: scales, remarks: remarks)
        let starts = plan.observations.map(\.window.start)
        if let period, let first = starts.first, let last = starts.last,
            !starts.contains(where: period.contains)
        {
            faults.add(
                found: "\(starts.count) observations that start from \(first) to \(last)",
                expected: "some that start in the period, \(period.start) to \(period.end)")
        }
        return plan
    }

    /// Rubin's opsim means TAI by its dates, and a request need not say so.
    private var remarks: [String] {
        guard case .database(let columns, scale: nil) = source.form, columns.isOpsim else {
            return []
        }
        return [
            "\(columns.start) is read as UTC; Rubin's opsim means TAI, 37 s ahead:"
                + " say survey.scale: tai (or utc)"
        ]
    }

    private func hasValidTimes(_ record: SurveyRecord) -> Bool {
        for (name, time) in [("start", record.start), ("end", record.end)]
        where !TimeLimits.contains(time) {
            faults.add(
                record.place, field: "\(name) of observation \(record.id)",
                found: "MJD \(PlainText.number(time.days))",
                expected: "a time in \(TimeLimits.years)")
            return false
        }
        guard record.start <= record.end else {
            faults.add(
                record.place, field: "end of observation \(record.id)", found: "\(record.end)",
                expected: "a time not before its start, \(record.start)")
            return false
        }
        return true
    }

    private func hasValidAngles(_ record: SurveyRecord) -> Bool {
        let isEcliptic = record.frame == .ecliptic
        let angles: [(name: String, value: Double, range: NumberRange)] = [
            (isEcliptic ? "longitude" : "ra", record.longitude, .from(-360, to: 360)),
            (isEcliptic ? "latitude" : "dec", record.latitude, .from(-90, to: 90)),
            ("angle", record.angle, .from(-360, to: 360)),
        ]
        for angle in angles where !angle.range.contains(angle.value) {
            faults.add(
                record.place, field: "\(angle.name) of observation \(record.id)",
                found: PlainText.number(angle.value), expected: "\(angle.range.text), in degrees")
            return false
        }
        return true
    }

    private func observation(_ record: SurveyRecord) -> Observation {
        let centre = SkyPosition(ra: record.longitude, dec: record.latitude)
        return Observation(
            id: ID(record.id), kind: record.kind,
            window: TimeWindow(start: record.start, end: record.end),
            centre: record.frame == .icrs
                ? centre : SkyPosition(record.frame.toICRS(centre.vector)),
            footprint: .field(
                longitude: record.longitude, latitude: record.latitude,
                positionAngle: record.angle, width: source.field.width,
                height: source.field.height, frame: record.frame))
    }
}

extension RecordPlace {
    fileprivate var text: String {
        switch self {
        case .line(let line): "line \(line)"
        case .row(let row): "row \(row)"
        }
    }
}
