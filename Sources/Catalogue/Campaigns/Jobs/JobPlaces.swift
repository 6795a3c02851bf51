import Campaigns
import GroundSegment
import PostgreSQL

/// The SDCs of a survey as places for jobs.
struct JobPlaces {
    private struct Place {
        var waiting: Int
        var running: Int
        let free: Double
        /// Whether daily orders are due there for more than a week.
        let isLate: Bool
        let outage: String?
        /// Whether its runner gives no sign, though it may come back.
        let isSilent: Bool
    }

    private var places: [ID<SDC>: Place] = [:]

    /// An SDC whose runner gave no sign for so long, in seconds, gets no jobs.
    static let longestSilence = 86_400.0

    init(
        survey: ID<SurveyPlan>, clock: MJD, on connection: isolated Connection
    ) throws {
        for row in try connection.query(
            CampaignSQL.placeLoads, survey.text, clock.posixSeconds)
        {
            let sdc: ID<SDC> = ID(try row.decode("sdc"))
            let silence = try row.decode("silence", as: Double?.self) ?? 0
            let free = try row.decode("free", as: Double.self)
            let outage =
                silence > Self.longestSilence
                ? "its runner gives no sign since \(Int(silence / 3600)) h"
                : free <= 0 ? "it offers nothing now" : nil
            places[sdc] = Place(
                waiting: try row.decode("allocated"), running: try row.decode("executing"),
                free: free, isLate: try row.decode("late", as: Int.self) > 0, outage: outage,
                isSilent: try row.decode("is_silent", as: Bool?.self) ?? false)
        }
    }

    /// A group of jobs that are placed alike.
    struct Group {
        /// `nil` for jobs of no item.
        let assignment: Assignment?
        /// The parts of the inputs that are at the primary and the secondary, or by SDC.
        let held: [ID<SDC>: Double]
        /// Where they are not placed again.
        let avoided: ID<SDC>?
        let count: Int
    }

    /// Every term of each SDC for a job all of whose inputs are there, the largest first.
    var weights: [PlaceWeight] {
        var places = self
        return places.place(Group(assignment: nil, held: [:], avoided: nil, count: 0))
            .placement.weights
    }

    /// Where a group runs, every term of it, and where its products are replicated to.
    mutating func place(_ group: Group) -> (placement: Placement, replica: ID<SDC>?) {
        let isAnyHeld = group.held.values.contains { $0 > 0 }
        let isAnyHeard = places.values.contains { !$0.isSilent && $0.outage == nil }
        let sdcs = group.assignment.map { [$0.primary, $0.secondary] } ?? places.keys.sorted()
        let loads = sdcs.map { sdc -> PlaceLoad in
            let place =
                places[sdc]
                ?? Place(
                    waiting: 0, running: 0, free: 0, isLate: false,
                    outage: "no plan in force has it", isSilent: false)
            // Jobs of no item need not wait for a runner that may come back.
            let isLeft = group.assignment == nil && place.isSilent && isAnyHeard
            let outage = isLeft ? "its runner gives no sign" : place.outage
            // Where nothing is at any of them all of it has to be brought, wherever it runs.
            let availability = isAnyHeld ? group.held[sdc] ?? 0 : 1
            return PlaceLoad(
                sdc: sdc, jobs: [.activated: place.waiting, .running: place.running],
                availability: group.assignment == nil ? max(availability, 0.05) : availability,
                network: isAnyHeld || group.held.isEmpty ? 1 : 0.5, freeCores: place.free,
                outage: sdc == group.avoided ? "its jobs were taken away from there" : outage
            )
        }
        let placement =
            group.assignment.map {
                Placement(
                    assignment: $0, isLate: places[$0.primary]?.isLate ?? false, loads: loads)
            } ?? Placement(loads: loads)
        guard let sdc = placement.sdc else { return (placement, nil) }
        places[sdc]?.waiting += group.count
        let others = placement.weights.filter { $0.sdc != sdc }
        let replica =
            group.assignment.map { $0.primary == sdc ? $0.secondary : $0.primary }
            ?? (others.first { $0.exclusion == nil } ?? others.first)?.sdc
        return (placement, replica)
    }
}
