import GroundSegment
import SkyGeometry

@testable import Planning

/// Makes small planning cases with numbers that can be checked by hand.
enum SmallCase {
    static let start = MJD(61_409)

    /// A case of observations on a strip along the equator, `perDay` a day, 0.7 degrees apart;
    /// after `fields` of them from the first field again.
    static func strip(
        observations count: Int, perDay: Double = 4, days: Double = 8, sdcs: [SDC] = sdcs(3),
        balance: Balance = Balance(work: 0.2, observations: 0.3, storage: 0.5, gap: 4),
        rules: ItemRules = ItemRules(), options: PlanningOptions = PlanningOptions(),
        rows: Int = 4, fields: Int? = nil
    ) -> PlanningCase {
        let observations = (0..<count).map { index in
            let field = index % (fields ?? count)
            return observation(
                String(index), ra: 10 + 0.7 * Double(field / rows), dec: 0.7 * Double(field % rows),
                at: Double(index) / perDay)
        }
        return PlanningCase(
            name: "strip", survey: SurveyPlan(id: "test", observations: observations), sdcs: sdcs,
            grid: .mer,
            buckets: Buckets(
                period: TimeWindow(start: start, end: start + days), length: 4),
            processing: Processing(
                observationWork: CoreHours(10), observationVolume: Terabytes(0.05), latency: 0.5,
                tileWork: CoreHours(5), tileVolume: Terabytes(0.1)),
            balance: balance, rules: rules, options: options)
    }

    /// A strip on which every third observation is a calibration, a tile takes work by its
    /// observations, and what comes in and goes out is limited.
    ///
    /// - Parameter volume: TB of an observation.
    static func uneven(volume: Double = 0.05) -> PlanningCase {
        let even = SmallCase.strip(
            observations: 24, sdcs: SmallCase.sdcs(4, maintenance: [1: [SmallCase.outage(1, 2.5)]]),
            balance: Balance(work: 0.05, observations: 0.05, storage: 0.02, gap: 1))
        let observations = even.survey.observations.enumerated().map { number, observation in
            Observation(
                id: observation.id, kind: number % 3 == 0 ? "CALIBRATION" : "WIDE_SURVEY",
                window: observation.window, centre: observation.centre,
                footprint: observation.footprint)
        }
        return PlanningCase(
            name: "uneven", survey: SurveyPlan(id: "test", observations: observations),
            sdcs: even.sdcs.enumerated().map { place, sdc in
                sdc.with(
                    ingress: place == 0 ? nil : 0.01 * Double(place + 1),
                    egress: place == 3 ? nil : 0.012 * Double(place + 1))
            },
            grid: even.grid, buckets: even.buckets,
            processing: Processing(
                observationWork: CoreHours(10), observationVolume: Terabytes(volume),
                latency: 0.5, tileWork: CoreHours(5), tileVolume: Terabytes(0.1),
                tileWorkPerObservation: CoreHours(1.3),
                tileVolumePerObservation: Terabytes(0.017),
                kinds: [
                    "CALIBRATION": .init(
                        work: CoreHours(3.3), volume: Terabytes(0.26 * volume), latency: 0.7)
                ]), balance: even.balance)
    }

    /// An observation of 0.74 x 0.76 degrees that begins `days` after the start.
    static func observation(
        _ id: String, ra: Double, dec: Double, at days: Double, kind: String = "WIDE_SURVEY"
    ) -> Observation {
        let footprint = ConvexPolygon.field(
            longitude: ra, latitude: dec, positionAngle: 0, width: 0.74, height: 0.76)
        return Observation(
            id: ID(id), kind: kind,
            window: TimeWindow(start: start + days, end: start + days + 0.04),
            centre: SkyPosition(footprint.centre), footprint: footprint)
    }

    /// SDCs SDC-A, SDC-B ... of equal size; SDC-A ingests the ground survey EXT everywhere.
    static func sdcs(
        _ count: Int, cores: Double = 100, maintenance: [Int: [MaintenanceWindow]] = [:]
    ) -> [SDC] {
        (0..<count).map { index in
            let letter = Character(Unicode.Scalar(UInt8(65 + index)))
            return SDC(
                id: ID("SDC-\(letter)"), name: "Centre \(letter)", cores: cores, efficiency: 0.5,
                storage: Terabytes(1000),
                ingests: index == 0
                    ? [ExternalHolding(survey: "EXT", region: SkyRegion(), volume: Terabytes(0.03))]
                    : [],
                maintenance: maintenance[index] ?? [])
        }
    }

    /// A full outage from `from` to `to` days after the start.
    static func outage(_ from: Double, _ to: Double, availability: Double = 0) -> MaintenanceWindow
    {
        MaintenanceWindow(
            window: TimeWindow(start: start + from, end: start + to), availability: availability)
    }

    /// A valid placement drawn at random.
    static func randomPlacement(_ problem: Problem, seed: UInt64) -> Placement {
        var random = SeededGenerator(seed: seed)
        func pairs(_ count: Int) -> ([UInt8], [UInt8]) {
            let primary = (0..<count).map { _ in random.below(problem.sdcs.count) }
            let secondary = primary.map {
                ($0 + 1 + random.below(problem.sdcs.count - 1)) % problem.sdcs.count
            }
            return (primary.map(UInt8.init), secondary.map(UInt8.init))
        }
        let observations = pairs(problem.observations.count)
        let tiles = pairs(problem.tiles.count)
        return Placement(
            primary: observations.0 + tiles.0, secondary: observations.1 + tiles.1)
    }
}
