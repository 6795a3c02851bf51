import GroundSegment
import WebService

extension Parameter.Kind {
    /// ISO 8601 date or date and time; no zone is UTC.
    static let date = Self.form(.date)
}

extension ParameterForm {
    static let date = ParameterForm(
        schema: ["type": "string", "format": "date-time", "examples": ["2027-02-01T00:00:00Z"]],
        expectation: "an ISO 8601 date, or date and time; a plus is written %2B"
    ) { FormValue.date($0) != nil }
}

extension FormValue {
    /// An ISO 8601 date or date and time: `2027-04-01 00:00:00 02:00` is of the zone +02:00.
    static func date(_ text: String) -> MJD? { MJD(iso8601: instant(text)) }
}

extension RouteRequest {
    /// The value of a parameter of dates; `nil` where it is not given.
    func date(_ name: String) -> MJD? { text(name).flatMap(FormValue.date) }
}
