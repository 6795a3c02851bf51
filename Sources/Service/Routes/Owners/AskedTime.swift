import Catalogue
import Documents
import GroundSegment
import WebService

/// The time of ownership that a request is about: asked for, or the present.
struct AskedTime {
    let instant: MJD
    let isAsked: Bool

    /// Who owns an item: where the time is asked for, who does at it; else the best that is known.
    func owner(of item: OwnedItem, in survey: SurveyOwnership) -> Ownership? {
        survey.owner(of: item, at: instant).flatMap { owner in
            isAsked && owner.coverage != .covered ? nil : owner
        }
    }

    /// What counts as held: as `owner`, without what the plans in force no longer have.
    func assignment(of item: OwnedItem) -> Assignment? {
        item.holding(at: instant).flatMap { holding, coverage in
            coverage == .dropped || isAsked && coverage != .covered ? nil : holding.assignment
        }
    }
}

extension RouteRequest {
    /// - Throws: `Problem` that names the span where it is asked for and nothing published is for
    ///   a time so early.
    func time(_ survey: SurveyOwnership, now: MJD) throws(Problem) -> AskedTime {
        guard let asked = date("at") else { return AskedTime(instant: now, isAsked: false) }
        let counting = survey.plans.filter { $0.state != .withdrawn }
        if let start = counting.map(\.period.start).min(), asked < start {
            throw .outside((start, nil))
        }
        return AskedTime(instant: asked, isAsked: true)
    }
}

extension Problem {
    /// Names the span for which something is published.
    static func outside(_ span: (start: MJD, end: MJD?)) -> Problem {
        .notFound(
            "no published plan covers the asked time",
            [
                .init(
                    name: "span",
                    value: [
                        "from": .text(span.start.iso8601),
                        "until": span.end.map { .text($0.iso8601) } ?? .null,
                    ])
            ])
    }
}
