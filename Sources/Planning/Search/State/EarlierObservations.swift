import GroundSegment

/// The observations of earlier periods that overlap this period's tiles, placed in the lanes after
/// this period's, with the relation of all observations and tiles by their places in the lanes.
///
/// They have arrived: their replicas are where they are and count for copies alone.
struct EarlierObservations {
    /// A shift by it leaves no bit: the SDC is no longer there.
    private static let nowhere = UInt8(64)

    let primary: [UInt8]
    let secondary: [UInt8]
    /// TB of each beyond those of an ordinary observation.
    let extraVolumes: [Double]
    let tilesOf: Adjacency
    let observationsOf: Adjacency

    init(_ problem: Problem) {
        let links = problem.overlaps.earlier
        let observations = problem.precedent.history.observations
        let place = Dictionary(
            uniqueKeysWithValues: problem.sdcs.enumerated().map { ($1.id, UInt8($0)) })
        let used = Set(links.map(\.observation)).sorted()
        let number = Dictionary(
            uniqueKeysWithValues: used.enumerated().map {
                ($1, problem.observations.count + $0)
            })
        primary = used.map { place[observations[$0].assignment.primary] ?? Self.nowhere }
        secondary = used.map { place[observations[$0].assignment.secondary] ?? Self.nowhere }
        let processing = problem.processing
        extraVolumes = used.map {
            (processing.volume(of: observations[$0]) - processing.observationVolume).value
        }
        let pairs =
            problem.overlaps.links.map { ($0.observation, $0.tile) }
            + links.compactMap { link in number[link.observation].map { ($0, link.tile) } }
        tilesOf = Adjacency(count: problem.observations.count + used.count, pairs: pairs)
        observationsOf = Adjacency(count: problem.tiles.count, pairs: pairs.map { ($1, $0) })
    }

    /// Whether each has the volume of an ordinary observation.
    var areOrdinary: Bool { extraVolumes.allSatisfy { $0 == 0 } }
}
