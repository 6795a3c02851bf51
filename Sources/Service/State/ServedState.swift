import Catalogue
import Digests
import Documents
import Foundation
import GroundSegment
import Planning
import WebService

/// Everything that is answered without the database: what is published, at one moment.
struct ServedState: Sendable {
    let snapshot: OwnershipSnapshot
    /// The plans in force, by digest: loads and maintenance.
    let plans: [String: Plan]
    /// Names what is published: changes with every publication, and only then.
    let version: String
    /// Where the data are, which may change without a publication.
    var places: DataPlaces
    /// How far the orders are, which changes without a publication.
    var orders: OrderCounts
    /// What overlaps what, by the plans in force.
    private let overlaps: [ID<SurveyPlan>: ItemOverlaps]
    private let sdcs: [ID<SurveyPlan>: [ID<SDC>]]
    /// When any tile's ownership begins or ends, in order.
    private let turns: [ID<SurveyPlan>: [MJD]]

    init(
        snapshot: OwnershipSnapshot, plans: [String: Plan], places: DataPlaces = .empty,
        orders: OrderCounts = .empty
    ) {
        self.snapshot = snapshot
        self.plans = plans
        self.places = places
        self.orders = orders
        version = Self.version(of: snapshot.plans)
        var sdcs: [ID<SurveyPlan>: [ID<SDC>]] = [:]
        for survey in snapshot.surveys {
            let planned = survey.plans.compactMap { plans[$0.digest] }
                .flatMap { $0.distribution.sdcs.map(\.id) }
            let owners = (survey.tiles + survey.observations).flatMap { item in
                item.holdings.flatMap { [$0.assignment.primary, $0.assignment.secondary] }
            }
            sdcs[survey.survey] = Set(planned + owners).sorted()
        }
        self.sdcs = sdcs
        turns = Dictionary(
            uniqueKeysWithValues: snapshot.surveys.map { survey in
                let instants = survey.tiles.flatMap(\.holdings).flatMap { holding in
                    [holding.validFrom, holding.validUntil].compactMap(\.self)
                }
                return (survey.survey, Set(instants).sorted())
            })
        overlaps = Dictionary(
            uniqueKeysWithValues: snapshot.surveys.map { survey in
                let inForce = survey.plans.compactMap { published in
                    plans[published.digest].map { (published, $0) }
                }
                return (survey.survey, ItemOverlaps(inForce))
            })
    }

    /// What overlaps an item of a survey, by the plans in force.
    func overlaps(of item: ItemID, in survey: SurveyOwnership) -> [ItemOverlaps.Overlap] {
        overlaps[survey.survey]?[item] ?? []
    }

    /// The SDCs of a survey: those of the plans in force, and all that own anything.
    func sdcs(of survey: SurveyOwnership) -> [ID<SDC>] { sdcs[survey.survey] ?? [] }

    /// The number of the span of time that an instant lies in, within which no tile of a survey
    /// changes its owners.
    func span(of instant: MJD, in survey: SurveyOwnership) -> Int {
        turns[survey.survey, default: []].count { $0 <= instant }
    }

    /// The plans of a survey that are in force, by start, each with its publication.
    func plans(of survey: SurveyOwnership) -> [(published: PublishedPlan, plan: Plan)] {
        survey.plans.compactMap { published in
            plans[published.digest].map { (published, $0) }
        }.sorted { $0.published.period.start < $1.published.period.start }
    }

    /// What each survey's plans in force give to an SDC, in the surveys' order, those that give it
    /// anything.
    func loads(of sdc: ID<SDC>) -> [SurveyLoad] {
        snapshot.surveys.compactMap { survey in
            SurveyLoad(survey: survey.survey, sdc: sdc, plans: plans(of: survey).map(\.plan))
        }
    }

    /// The day on which the first distribution of any survey was published; `nil` before that.
    var firstPublication: MJD? {
        snapshot.plans.map(\.publishedAt).min().map { MJD($0.days.rounded(.down)) }
    }

    /// The SDCs that hold an item's data, where that are others than its owners; `nil` elsewhere.
    func places(of owner: Ownership) -> [ID<SDC>]? {
        places.places(of: owner.item, survey: owner.survey, besides: owner.assignment)
    }

    /// Nothing published.
    static let empty = ServedState(snapshot: .empty, plans: [:])

    private static func version(of plans: [PublishedPlan]) -> String {
        let lines = plans.map { plan in
            "\(plan.survey) \(plan.revision) \(plan.digest) \(plan.state)\n"
        }
        return String(SHA256Digest.hex(of: Data(lines.joined().utf8)).prefix(16))
    }

    /// The survey that a client means: the one named, or the only one.
    ///
    /// - Throws: `Problem` where there is none such, or several and none is named.
    func survey(named name: String?) throws(Problem) -> SurveyOwnership {
        let list = snapshot.surveys.map(\.survey.text)
        if let name {
            guard let survey = snapshot[ID(name)] else {
                throw .notFound("no such survey", [.init(name: "surveys", value: .list(list))])
            }
            return survey
        }
        guard let survey = snapshot.surveys.first else {
            throw .notFound("nothing has been published yet")
        }
        guard list.count == 1 else {
            throw .notFound(
                "there are several surveys; name one with survey=",
                [.init(name: "surveys", value: .list(list))])
        }
        return survey
    }
}
