import Catalogue
import GroundSegment
import WebService

/// How notices are told.
extension Notice {
    /// What kind it is: `failed`, `stopped`, `late`, `published` or `withdrawn`.
    var kind: String {
        switch subject {
        case .order(_, _, let isFailure, _): isFailure ? "failed" : "stopped"
        case .late: "late"
        case .plan(_, _, let isWithdrawn): isWithdrawn ? "withdrawn" : "published"
        }
    }

    /// One line: `observation 32 failed at SDC-DE`.
    var title: String {
        let place = sdc.map { " at \($0)" } ?? ""
        return switch subject {
        case .order(_, let item, _, _):
            "\(item) of \(survey) \(kind == "failed" ? "failed" : "was stopped")\(place)"
        case .late(let week, let orders):
            "\(orders) \(orders == 1 ? "order is" : "orders are") late\(place), released in the week "
                + "of \(week.date), of \(survey)"
        case .plan(let name, let revision, _): "\(name), revision \(revision) of \(survey), \(kind)"
        }
    }

    /// The address of the page about it, without the service's own.
    var path: String {
        switch subject {
        case .order(let order, _, _, _): PageAddress.order(order)
        case .late(let week, _):
            PageAddress.address(
                "/progress", ["survey": survey.text, "sdc": sdc?.text, "week": week.date])
        case .plan(_, let revision, _): "/distributions/\(survey.text.inPath)/\(revision)"
        }
    }

    /// What tells it from others with the same page.
    var mark: String {
        if case .order(_, _, _, let taken) = subject { return "\(kind)-\(taken)" }
        return kind
    }
}
