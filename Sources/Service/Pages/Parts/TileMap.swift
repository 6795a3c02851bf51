import Catalogue
import GroundSegment
import Markup
import Reporting

extension Backend {
    /// The map of the sky of a survey's tiles by owner, drawn once for each span of time in which
    /// they stay.
    ///
    /// - Parameter sdc: shows only what this SDC holds; everything where it is `nil`.
    /// - Returns: `nil` where there is no tile to show.
    func map(
        of survey: SurveyOwnership, _ time: AskedTime, sdc: ID<SDC>? = nil, _ state: ServedState
    ) async -> Fragment? {
        let span = state.span(of: time.instant, in: survey)
        let name = "\(span) \(time.isAsked) \(survey.survey) \(sdc?.text ?? "")"
        return await maps.document(name, version: state.version) {
            TileMap.fragment(survey, sdcs: state.sdcs(of: survey)) { tile in
                time.assignment(of: tile).flatMap { assignment in
                    sdc.map { assignment.contains($0) } ?? true ? assignment : nil
                }
            }?.written
        }.map { Fragment($0) }
    }
}

/// The map of the sky of a survey's tiles by owner.
enum TileMap {
    /// - Parameters:
    ///   - assignment: who owns a tile; `nil` where nobody does.
    /// - Returns: `nil` where there is no tile to show.
    static func fragment(
        _ survey: SurveyOwnership, sdcs: [ID<SDC>],
        assignment: (OwnedItem) -> Assignment?
    ) -> Fragment? {
        let tiles = survey.tiles.compactMap { item -> OwnerMap.Place? in
            guard case .tile(let id) = item.id, let core = item.core,
                let assignment = assignment(item)
            else { return nil }
            return OwnerMap.Place(
                id: id, centre: item.centre, core: core, assignment: assignment)
        }
        guard !tiles.isEmpty else { return nil }
        return OwnerMap(survey: survey.survey, sdcs: sdcs, tiles: tiles).fragment
    }
}
