import Catalogue
import GroundSegment
import Markup
import Reporting

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
