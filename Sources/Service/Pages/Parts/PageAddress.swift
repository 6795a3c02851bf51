import Catalogue
import GroundSegment
import WebService

extension PageAddress {
    static func sdc(_ sdc: ID<SDC>, _ survey: ID<SurveyPlan>) -> String {
        address("/sdcs/\(PercentCoding.encoded(sdc.text))", ["survey": survey.text])
    }

    static func item(_ item: ItemID, _ survey: ID<SurveyPlan>, at instant: MJD? = nil) -> String {
        address(
            "/\(item.kind.rawValue)s/\(PercentCoding.encoded(item.text))",
            ["survey": survey.text, "at": instant?.iso8601])
    }

    static func order(_ order: ID<ProcessingOrder>) -> String {
        "/orders/\(PercentCoding.encoded(order.text))"
    }

    static func distribution(_ plan: PublishedPlan) -> String {
        "/distributions/\(PercentCoding.encoded(plan.survey.text))/\(plan.revision)"
    }
}
