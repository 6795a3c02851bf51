import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

extension Backend {
    /// Which observations lie on a tile, and which tiles below an observation.
    var overlapRoutes: [Route] {
        [
            Route(
                "/v1/tiles/{id}/observations",
                "The observations that lie on a tile, by the plans in force.",
                [.item, .at, .survey], result: .table(OverlapTable.columns(.tile)),
                problems: [404: "Nothing published has the tile."]
            ) { try overlaps($0, .tile(ID($0.required("id")))) },
            Route(
                "/v1/observations/{id}/tiles",
                "The tiles on which an observation lies, by the plans in force.",
                [.item, .at, .survey], result: .table(OverlapTable.columns(.observation)),
                problems: [404: "Nothing published has the observation."]
            ) { try overlaps($0, .observation(ID($0.required("id")))) },
        ]
    }

    private func overlaps(_ request: RouteRequest, _ id: ItemID) throws(Problem) -> Answer {
        let survey = try request.survey()
        guard survey.item(id) != nil else {
            throw .notFound("nothing published has this \(id.kind.rawValue)")
        }
        let time = try request.time(survey, now: now())
        let rows = request.state.overlaps(of: id, in: survey).map {
            OverlapTable.row($0, of: id, in: survey, at: time)
        }
        return Answer(
            content: .table(
                AnswerTable(
                    name: id.kind == .tile ? "observations" : "tiles",
                    description: "What overlaps \(id), by the plans in force.",
                    columns: OverlapTable.columns(id.kind), rows: rows)),
            tag: time.isAsked ? "\(request.state.version)-overlaps" : nil)
    }
}

/// What overlaps an item.
enum OverlapTable {
    /// The columns for an item of `kind`.
    static func columns(_ kind: ItemKind) -> [Column] {
        let other: ItemKind = kind == .tile ? .observation : .tile
        return [
            Column("id", ucd: "meta.id", description: "identifier of the \(other.rawValue)"),
            Column(
                "fraction", ucd: "phys.area;arith.ratio",
                description: "part of the tile's outer area that the observation covers",
                type: .real),
            .rightAscension, .declination,
            Column("starts", ucd: "time.start", description: "start of the observation, UTC"),
            .primary, .secondary, .plan, .revision,
        ]
    }

    static func row(
        _ overlap: ItemOverlaps.Overlap, of id: ItemID, in survey: SurveyOwnership,
        at time: AskedTime
    ) -> [TableValue] {
        let other = overlap.other(than: id)
        let item = survey.item(other)
        let owner = item.flatMap { time.owner(of: $0, in: survey) }
        let start =
            item?.window
            ?? (id.kind == .observation ? survey.item(id)?.window : nil)
        return [
            .text(other.text), .real(overlap.fraction),
            item.map { .real($0.centre.ra) } ?? .missing,
            item.map { .real($0.centre.dec) } ?? .missing, .date(start?.start),
            .text(owner?.assignment.primary.text), .text(owner?.assignment.secondary.text),
            .text(overlap.plan), .integer(overlap.revision),
        ]
    }
}
