import Catalogue
import GroundSegment
import SkyCoverage

extension Backend {
    /// Which part of the sky an SDC owns (IVOA MOC 2.0).
    var coverageRoutes: [Route] {
        [
            Route(
                "/v1/sdcs/{id}/moc",
                "The part of the sky that an SDC owns, as a multi-order coverage map (MOC 2.0).",
                [
                    Self.sdc,
                    .query(
                        "role", .choice(Role.allCases.map(\.rawValue)),
                        "As whose owner (default: primary)."),
                    .query("order", .integer(0...12), "HEALPix order (default: 10)."),
                    .query(
                        "format", .choice(Self.coverageFormats), "json (default), ascii or fits."),
                    .at, .survey,
                ], result: .document(mediaType: "application/json"),
                problems: [404: Self.noSDC]
            ) { try coverage($0) },
            Route(
                "/v1/stmoc",
                "When which part of the sky has an owner, as a space-time coverage map (MOC 2.0).",
                [
                    .query("sdc", .text, "Only what this SDC owns as primary."),
                    .query("order", .integer(0...12), "HEALPix order (default: 10)."),
                    .query("time_order", .integer(0...61), "Time order (default: 41, a second)."),
                    .query(
                        "format", .choice(Self.coverageFormats), "json (default), ascii or fits."),
                    .survey,
                ], result: .document(mediaType: "application/json")
            ) { try spaceTimeCoverage($0) },
        ]
    }

    private static let coverageFormats = ["json", "ascii", "fits"]

    private func spaceTimeCoverage(_ request: RouteRequest) throws(Problem) -> Answer {
        let survey = try request.survey()
        let sdc = request.text("sdc").map { ID<SDC>($0) }
        var areas: [Span: [SkyArea]] = [:]
        for tile in survey.tiles {
            guard let area = tile.core.map(SkyArea.init) else { continue }
            for holding in tile.holdings
            where holding.isKnown && sdc.map({ $0 == holding.assignment.primary }) ?? true {
                let span = Span(start: holding.validFrom, end: holding.validUntil)
                areas[span, default: []].append(area)
            }
        }
        let parts = areas.sorted { $0.key < $1.key }.map { span, areas in
            SpaceTimeCoverage.Part(
                start: BarycentricTime(utcMJD: span.start.days),
                end: span.end.map { BarycentricTime(utcMJD: $0.days) }, areas: areas)
        }
        let coverage = SpaceTimeCoverage(
            timeOrder: request.integer("time_order") ?? 41,
            spaceOrder: request.integer("order") ?? 10, parts: parts)
        let tag = "\(request.state.version)-stmoc"
        switch request.text("format") {
        case "ascii": return .document(coverage.ascii() + "\n", "text/plain", tag: tag)
        case "fits":
            return Answer(
                content: .bytes(coverage.fits(), mediaType: "application/fits"), tag: tag)
        default: return .document(coverage.json() + "\n", "application/json", tag: tag)
        }
    }

    private func coverage(_ request: RouteRequest) throws(Problem) -> Answer {
        let (survey, id) = try sdc(request)
        let role = request.text("role").flatMap(Role.init(rawValue:)) ?? .primary
        let instant = request.date("at") ?? now()
        let areas = survey.tiles.compactMap { tile -> SkyArea? in
            guard tile.holding(at: instant)?.holding.assignment[role] == id else { return nil }
            return tile.core.map(SkyArea.init)
        }
        let coverage = SkyCoverage(order: request.integer("order") ?? 10, areas: areas)
        let tag = request.date("at") == nil ? nil : "\(request.state.version)-moc"
        switch request.text("format") {
        case "ascii": return .document(coverage.ascii() + "\n", "text/plain", tag: tag)
        case "fits":
            return Answer(
                content: .bytes(coverage.fits(), mediaType: "application/fits"), tag: tag)
        default: return .document(coverage.json() + "\n", "application/json", tag: tag)
        }
    }
}

/// A time of ownership.
private struct Span: Hashable, Comparable {
    let start: MJD
    /// `nil` without an end.
    let end: MJD?

    static func < (left: Span, right: Span) -> Bool {
        (left.start, left.end?.days ?? .infinity) < (right.start, right.end?.days ?? .infinity)
    }
}

extension SkyArea {
    /// The inner area of a tile.
    fileprivate init(_ core: TileCore) {
        switch core {
        case .box(let box): self = .box(box)
        case .polygon(let polygon): self = .polygon(polygon)
        }
    }
}
