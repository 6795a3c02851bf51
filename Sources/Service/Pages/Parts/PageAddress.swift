import Catalogue
import GroundSegment
import WebService

/// Addresses of pages within the service.
enum PageAddress {
    /// A path with a query; parameters without a value are left out.
    static func address(_ path: String, _ query: KeyValuePairs<String, String?>) -> String {
        let parts = query.compactMap { name, value in
            value.map { name + "=" + PercentCoding.encoded($0) }
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }

    static func sdc(_ sdc: ID<SDC>, _ survey: ID<SurveyPlan>) -> String {
        address("/sdcs/\(PercentCoding.encoded(sdc.text))", ["survey": survey.text])
    }

    static func item(_ item: ItemID, _ survey: ID<SurveyPlan>, at instant: MJD? = nil) -> String {
        address(
            "/\(item.kind.rawValue)s/\(PercentCoding.encoded(item.text))",
            ["survey": survey.text, "at": instant?.iso8601])
    }

    static func distribution(_ plan: PublishedPlan) -> String {
        "/distributions/\(PercentCoding.encoded(plan.survey.text))/\(plan.revision)"
    }

    /// A path and query with `after` set to a place.
    static func next(_ address: String, after place: String) -> String {
        address + (address.contains("?") ? "&" : "?") + "after=" + PercentCoding.encoded(place)
    }
}

extension String {
    /// As a segment of a path.
    var inPath: String { PercentCoding.encoded(self) }
}
