import Catalogue
import GroundSegment
import SkyGeometry
import WebService

/// What the one search box finds: items and SDCs by identifier, or the tile of a position.
struct SearchResult {
    /// Something that has a page.
    enum Found: Hashable {
        case item(ItemID, survey: ID<SurveyPlan>)
        case sdc(ID<SDC>, survey: ID<SurveyPlan>)
        /// The tile that holds the position.
        case position(SkyPosition, tile: ItemID, survey: ID<SurveyPlan>)
    }

    let found: [Found]
    /// Why nothing was found; empty where something was.
    let reason: String

    /// - Parameter surveys: where it is looked for.
    init(_ text: String, in surveys: [SurveyOwnership], _ state: ServedState) {
        let text = text.trimmed
        let named = surveys.flatMap { survey in Self.named(text, survey, state) }
        guard named.isEmpty else {
            (found, reason) = (named, "")
            return
        }
        let position: SkyPosition
        do throws(PastedPosition.Unreadable) { position = try PastedPosition.read(text) } catch {
            found = []
            reason =
                "\"\(text.prefix(80))\" is no tile, observation or SDC of a published "
                + "distribution, and no position: \(error.reason). Expected an identifier or "
                + PastedPosition.expectation
            return
        }
        let tiles = surveys.compactMap { survey in
            survey.tile(at: position).map {
                Found.position(position, tile: $0.id, survey: survey.survey)
            }
        }
        found = tiles
        reason = tiles.isEmpty ? Self.missing(position, surveys) : ""
    }

    private static func named(
        _ text: String, _ survey: SurveyOwnership, _ state: ServedState
    ) -> [Found] {
        guard !text.isEmpty else { return [] }
        let items = ItemKind.allCases.compactMap { kind -> Found? in
            let id = ItemID(kind: kind, id: text)
            return survey.item(id).map { .item($0.id, survey: survey.survey) }
        }
        let sdcs = state.sdcs(of: survey).filter { $0.text.lowercased() == text.lowercased() }
        return items + sdcs.map { .sdc($0, survey: survey.survey) }
    }

    private static func missing(_ position: SkyPosition, _ surveys: [SurveyOwnership]) -> String {
        let place = "RA \(position.ra.shown), Dec \(position.dec.shown)"
        let nearest = surveys.compactMap { survey in
            survey.nearestTile(to: position).map { (survey.survey, $0.tile, $0.separation) }
        }.min { $0.2 < $1.2 }
        guard let (survey, tile, separation) = nearest else { return "nothing is published yet" }
        return "no published tile holds \(place); the nearest is \(tile.id.text) of \(survey), "
            + "whose centre is \(separation.shown) degrees away"
    }
}

extension String {
    /// Without the white space at its ends.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension Double {
    /// To five decimals, which of degrees are 36 milliarcseconds.
    var shown: String {
        guard abs(self) < 1e12 else { return "\(self)" }
        let rounded = (self * 1e5).rounded() / 1e5
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
