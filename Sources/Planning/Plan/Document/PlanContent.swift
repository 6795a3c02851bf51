import GroundSegment
import SkyGeometry

/// What plan.json holds, in JSON's own types: ids and SDCs as text, times as MJD (UTC), angles
/// in degrees ICRS, work in core-hours, volumes in TB.
struct PlanContent: Codable {
    var format: String
    var name: String
    var survey: String
    var period: [Double]
    var bucket: Double
    var processing: ProcessingContent
    var balance: BalanceContent
    var weights: WeightsContent
    var search: SearchRecord
    var bound: Double?
    var gap: Double?
    /// Absent where there are none.
    var pins: [PinContent]?
    var prohibitions: [ProhibitionContent]?
    /// Digest of the base; absent without one.
    var base: String?
    /// `published` where what is reserved is what other surveys had published; absent elsewhere.
    var reserved: String?
    var sdcs: [SDCContent]
    var observations: [ObservationContent]
    var tiles: TileList
    var measures: MeasuresContent

    struct ProcessingContent: Codable {
        var observationWork: Double
        var observationVolume: Double
        var latency: Double
        var tileWork: Double
        var tileVolume: Double
        /// Absent where they are 0.
        var tileWorkPerObservation: Double?
        var tileVolumePerObservation: Double?
        /// Kinds with values of their own, sorted; absent without any.
        var kinds: [KindContent]?
    }

    /// What a kind names; what it does not has the general value.
    struct KindContent: Codable {
        var kind: String
        var work: Double?
        var volume: Double?
        var latency: Double?
    }

    struct BalanceContent: Codable {
        var work: Double
        var observations: Double
        var storage: Double
        var gap: Double
    }

    struct WeightsContent: Codable {
        var stability: Double
        var failover: Double
        /// Absent where it is 0.
        var compact: Double?
    }

    struct PinContent: Codable {
        var kind: String
        var id: String
        var sdc: String
        var role: String
        var reason: String
        var until: Double?
    }

    /// Either `kind` and `id` of an item, or the class of observations.
    struct ProhibitionContent: Codable {
        var sdc: String
        var kind: String?
        var id: String?
        var observationKind: String?
        var reason: String
    }

    struct SDCContent: Codable {
        var id: String
        var name: String
        var country: String
        var cores: Double
        var efficiency: Double
        var storage: Double
        var used: Double
        var batch: String
        var ingests: [IngestContent]
        var maintenance: [MaintenanceContent]
        /// Gbit/s; absent where there is no limit.
        var ingress: Double?
        var egress: Double?
        /// Absent where nothing is reserved.
        var reservations: [ReservationContent]?
    }

    /// What others use: core-hours and TB.
    struct ReservationContent: Codable {
        var start: Double
        var end: Double
        var work: Double
        var volume: Double
    }

    struct IngestContent: Codable {
        var survey: String
        var ra: [Double]
        var dec: [Double]
        var volume: Double
    }

    struct MaintenanceContent: Codable {
        var start: Double
        var end: Double
        var availability: Double
        var summary: String
        var uid: String
    }

    /// The tiles, which a decoder may leave out.
    struct TileList: Codable {
        var tiles: [TileContent]
    }

    struct MeasuresContent: Codable {
        var observations: Int
        var tiles: Int
        var overlaps: Int
        var outside: [OutsideContent]
        var copies: [RouteContent]
        var copyVolume: Double
        var externalVolume: Double
        var movedVolume: Double
        var cost: Double
        var failoverCopies: Int
        /// Absent where every copy has the volume of an ordinary observation.
        var failoverVolume: Double?
        /// Pairs of neighbouring tiles with different primaries; absent where they cost nothing.
        var borders: Int?
        /// Absent without a base.
        var freeAssignments: Int?
        var workExcess: Double
        var longestGap: Double
        var utilisation: Double
        var loads: [LoadContent]
    }

    struct OutsideContent: Codable {
        var tolerance: String
        var sdc: String
        var bucket: String?
        var value: Double
        var lower: Double
        var upper: Double
    }

    struct RouteContent: Codable {
        var from: String
        var to: String
        var copies: Int
    }

    struct LoadContent: Codable {
        var sdc: String
        var observations: [Int]
        var tiles: [Int]
        var work: [Double]
        var target: [Double]
        var capacity: [Double]
        var newVolume: Double
        var targetVolume: Double
        var longestGap: Double
    }
}
