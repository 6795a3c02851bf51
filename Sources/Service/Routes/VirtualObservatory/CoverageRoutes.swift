import Catalogue
import GroundSegment
import SkyCoverage
import WebService

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
                ], result: .documents(mediaTypes: Self.coverageTypes),
                problems: [404: Self.noSDC]
            ) { try await coverage($0) },
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
                ], result: .documents(mediaTypes: Self.coverageTypes),
                problems: [404: Self.noSDC]
            ) { try await spaceTimeCoverage($0) },
        ]
    }

    private static let coverageFormats = ["json", "ascii", "fits"]
    private static let coverageTypes = ["application/json", "text/plain", "application/fits"]

    private func coverage(_ request: RouteRequest) async throws -> Answer {
        let (survey, id) = try sdc(request)
        let role = request.text("role").flatMap(Role.init(rawValue:)) ?? .primary
        // Minutes are fine enough for a present that the request does not name.
        let minute = MJD((now().days * 1440).rounded(.down) / 1440)
        let time = try request.time(survey, now: minute)
        let order = request.integer("order") ?? 10
        return await document(request, "moc \(time.instant.days)", isNow: !time.isAsked) {
            let areas = survey.tiles.compactMap { tile -> SkyArea? in
                guard time.assignment(of: tile)?[role] == id else { return nil }
                return tile.core.map(SkyArea.init)
            }
            let coverage = SkyCoverage(order: order, areas: areas)
            return CoverageForms(
                ascii: coverage.ascii, json: coverage.json, fits: coverage.fits)
        }
    }

    private func spaceTimeCoverage(_ request: RouteRequest) async throws -> Answer {
        let survey = try request.survey()
        let sdc = request.text("sdc").map { ID<SDC>($0) }
        if let sdc { try requireSDC(sdc, of: survey, request) }
        let timeOrder = request.integer("time_order") ?? 41
        let order = request.integer("order") ?? 10
        return await document(request, "stmoc", isNow: false) {
            let coverage = SpaceTimeCoverage(
                timeOrder: timeOrder, spaceOrder: order, parts: Self.parts(survey, sdc))
            return CoverageForms(
                ascii: coverage.ascii, json: coverage.json, fits: coverage.fits)
        }
    }

    private static func parts(
        _ survey: SurveyOwnership, _ sdc: ID<SDC>?
    ) -> [SpaceTimeCoverage.Part] {
        var areas: [Span: [SkyArea]] = [:]
        for tile in survey.tiles {
            guard let area = tile.core.map(SkyArea.init) else { continue }
            for holding in tile.holdings
            where holding.isKnown && sdc.map({ $0 == holding.assignment.primary }) ?? true {
                let span = Span(start: holding.validFrom, end: holding.validUntil)
                areas[span, default: []].append(area)
            }
        }
        return areas.sorted { $0.key < $1.key }.map { span, areas in
            SpaceTimeCoverage.Part(
                start: BarycentricTime(utcMJD: span.start.days),
                end: span.end.map { BarycentricTime(utcMJD: $0.days) }, areas: areas)
        }
    }

    /// A coverage map in the asked form, from the shelf where it is there.
    private func document(
        _ request: RouteRequest, _ name: String, isNow: Bool,
        make: @escaping @Sendable () -> CoverageForms
    ) async -> Answer {
        let format = request.text("format") ?? "json"
        let version = request.state.version
        let bytes = await shelf.document("\(name) \(request.target)", version: version) {
            switch format {
            case "ascii": Array((make().ascii() + "\n").utf8)
            case "fits": make().fits()
            default: Array((make().json() + "\n").utf8)
            }
        }
        let mediaType =
            switch format {
            case "ascii": "text/plain"
            case "fits": "application/fits"
            default: "application/json"
            }
        return Answer(
            content: .bytes(bytes, mediaType: mediaType),
            tag: isNow ? nil : "\(version)-\(format)")
    }
}

/// The forms in which a coverage map is written.
private struct CoverageForms {
    let ascii: () -> String
    let json: () -> String
    let fits: () -> [UInt8]
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
