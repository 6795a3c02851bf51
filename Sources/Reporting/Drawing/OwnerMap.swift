public import GroundSegment
public import Markup
import Planning
public import SkyGeometry

/// The map of the sky of a report, for owners at any time, whether one plan assigned them or several.
public struct OwnerMap {
    private let distribution: Distribution

    /// A tile on the map.
    public struct Place {
        let id: ID<Tile>
        let centre: SkyPosition
        let core: TileCore
        let assignment: Assignment

        public init(id: ID<Tile>, centre: SkyPosition, core: TileCore, assignment: Assignment) {
            self.id = id
            self.centre = centre
            self.core = core
            self.assignment = assignment
        }
    }

    /// - Parameters:
    ///   - sdcs: all that own any of the tiles; each keeps its colour where the others are.
    ///   - tiles: in any order.
    public init(survey: ID<SurveyPlan>, sdcs: [ID<SDC>], tiles: [Place]) {
        // The drawing looks at tiles and their owners alone.
        let day = TimeWindow(start: MJD(0), end: MJD(1))
        distribution = Distribution(
            name: survey.text, survey: survey, buckets: Buckets(period: day, length: 1),
            sdcs: sdcs.sorted().map {
                SDC(id: $0, name: $0.text, cores: 0, storage: .zero)
            },
            processing: Processing(
                observationWork: .zero, observationVolume: .zero, latency: 0, tileWork: .zero,
                tileVolume: .zero), observations: [],
            tiles: tiles.sorted { $0.id < $1.id }.map { place in
                AssignedTile(
                    tile: Tile(
                        id: place.id, centre: place.centre, core: place.core,
                        outer: Self.outline(of: place)), ready: day.start, bucket: 0,
                    assignment: place.assignment, overlaps: [])
            })
    }

    private static func outline(of place: Place) -> ConvexPolygon {
        switch place.core {
        case .polygon(let polygon): polygon
        case .box(let box):
            ConvexPolygon.field(
                longitude: place.centre.ra, latitude: place.centre.dec, positionAngle: 0,
                width: box.north - box.south, height: box.north - box.south)
        }
    }

    /// The sky in three scales, with the switch between primaries and secondaries.
    public var fragment: Fragment {
        SkyFigures(
            distribution, colours: Palette.colours(distribution.sdcs.count), isRevision: false
        ).fragment()
    }
}
