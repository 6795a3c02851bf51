import Catalogue
import GroundSegment
import SkyGeometry
import WebService

extension Backend {
    /// Simple Cone Search 1.03 (IVOA Recommendation 2008-02-22) over tiles and observations.
    var coneSearchRoutes: [Route] {
        ItemKind.allCases.reversed().map { kind in
            Route(
                "/scs/\(kind.rawValue)s",
                "Simple Cone Search over the \(kind.rawValue)s' centres: RA, DEC and SR in degrees, "
                    + "VERB 1 to 3. Errors are VOTables and other parameters are ignored, as the "
                    + "standard has it.",
                Self.coneParameters, isLenient: true, result: .document(mediaType: "text/xml"),
                failure: ConeSearchDocument.failure
            ) { .document(try cone($0, kind), ConeSearchDocument.mediaType) }
        }
    }

    /// All are texts here, because a wrong value is answered by a VOTable.
    private static let coneParameters = [
        Parameter.query("RA", .any, "Right ascension of the centre, degrees, ICRS."),
        .query("DEC", .any, "Declination of the centre, degrees, ICRS."),
        .query("SR", .any, "Radius in degrees, 0 to 180; 0 describes the columns."),
        .query("VERB", .any, "1 few, 2 the usual, 3 all columns."),
        .query("at", .any, "Time of ownership, UTC (default: now)."),
        .query(
            "status", .any,
            "in-force (default): without what the plans in force no longer have; dropped: that "
                + "alone; all."),
        .survey("The survey; may be left out where there is only one.", .any),
    ]

    private func cone(_ request: RouteRequest, _ kind: ItemKind) throws(Problem) -> String {
        func number(_ name: String, _ range: ClosedRange<Double>) throws(Problem) -> Double {
            guard let text = request.text(name) else {
                throw .badRequest("parameter \(name) is missing")
            }
            guard let number = FormValue.number(text), range.contains(number) else {
                throw .parameter(
                    name, found: text,
                    expected: "degrees from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        let position = SkyPosition(
            ra: try number("RA", 0...360), dec: try number("DEC", -90...90))
        let radius = try number("SR", 0...180)
        let verbosity = try Self.verbosity(request.text("VERB"))
        let instant = try request.text("at").map { text throws(Problem) -> MJD in
            guard let instant = FormValue.date(text) else {
                throw .parameter("at", found: text, expected: ParameterForm.date.expectation)
            }
            return instant
        }
        let status = try request.text("status").map { text throws(Problem) -> ItemStatus in
            guard let status = ItemStatus(rawValue: text) else {
                throw .parameter("status", found: text, expected: "in-force, dropped or all")
            }
            return status
        }
        let survey = try request.survey()
        let time = instant ?? now()
        let found = radius == 0 ? [] : survey.items(kind, within: radius, of: position)
        return ConeSearchDocument(
            kind: kind, verbosity: verbosity, survey: survey, instant: time, limit: limits.rows
        ).text(
            found.filter { item, _ in
                let isDropped = survey.owner(of: item, at: time)?.coverage == .dropped
                return status == .all || isDropped == (status == .dropped)
            })
    }

    private static func verbosity(_ text: String?) throws(Problem) -> Int {
        guard let text else { return 2 }
        guard let number = FormValue.integer(text), (1...3).contains(number) else {
            throw .parameter("VERB", found: text, expected: "1, 2 or 3")
        }
        return number
    }
}
