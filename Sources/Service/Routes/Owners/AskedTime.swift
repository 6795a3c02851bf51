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

    /// When the first plan that counts begins, where that is later; `nil` elsewhere.
    func laterBegin(of survey: SurveyOwnership) -> MJD? {
        survey.begin.flatMap { instant < $0 ? $0 : nil }
    }

    /// Whether it is asked for and lies before all plans that count, of which nothing is to tell.
    func isTooEarly(for survey: SurveyOwnership) -> Bool {
        isAsked && laterBegin(of: survey) != nil
    }

    /// What a reader has to know where no plan that counts is for the time; `nil` elsewhere.
    func remark(of survey: SurveyOwnership) -> String? {
        guard let begin = survey.begin else { return "No plan of \(survey.survey) is in force." }
        guard instant < begin else { return nil }
        return isAsked
            ? "No published plan covers \(instant.brief): the first one begins at \(begin.brief)."
            : "No published plan covers the present, \(instant.date): shown is what the plans in"
                + " force assign, of which the first one begins at \(begin.brief)."
    }
}

extension MJD {
    /// The date alone where a day begins.
    var brief: String { days == days.rounded() ? date : iso8601 }
}

extension SurveyOwnership {
    /// When the first of the plans that count begins; `nil` where none counts.
    fileprivate var begin: MJD? {
        plans.filter { $0.state != .withdrawn }.map(\.period.start).min()
    }
}

extension RouteRequest {
    /// The time of a page, which tells by itself where nothing published is for a time so early:
    /// `AskedTime.remark(of:)`.
    func time(now: MJD) -> AskedTime {
        AskedTime(instant: date("at") ?? now, isAsked: date("at") != nil)
    }

    /// - Throws: `Problem` that names the span where it is asked for and nothing published is for
    ///   a time so early.
    func time(_ survey: SurveyOwnership, now: MJD) throws(Problem) -> AskedTime {
        let time = time(now: now)
        if time.isAsked, let start = time.laterBegin(of: survey) { throw .outside((start, nil)) }
        return time
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
