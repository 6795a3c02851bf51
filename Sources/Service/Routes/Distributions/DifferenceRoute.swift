import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

extension Backend {
    /// What a distribution assigns otherwise than another.
    var differenceRoute: Route {
        Route(
            "/v1/distributions/{survey}/{revision}/changes",
            "What a distribution assigns otherwise than another of the survey.",
            Self.revision + [Self.against], result: .table(RevisionDifference.columns),
            problems: [404: Self.noRevision, 503: Self.needsDatabase]
        ) { request in
            let plan = try distribution(request)
            let difference = try await difference(of: plan, request)
            return Answer(
                content: .table(difference.table),
                tag: "\(plan.digest.prefix(16))-\(difference.base.map { "\($0)" } ?? "none")",
                total: difference.changes.count)
        }
    }

    static let against = Parameter.query(
        "against", .integer(1...1_000_000),
        "The other's revision (default: the one before).")

    /// The difference that a request asks for.
    func difference(
        of plan: PublishedPlan, _ request: RouteRequest
    ) async throws -> RevisionDifference {
        let survey = try request.state.survey(named: plan.survey.text)
        let asked = request.integer("against")
        if let asked, !survey.plans.contains(where: { $0.revision == asked }) {
            throw Problem.notFound("the survey has no published distribution \(asked)")
        }
        let earlier = survey.plans.map(\.revision).filter { $0 < plan.revision }.max()
        let base = asked ?? earlier
        return try await sessions.with { connection in
            let store = OwnershipStore(connection)
            let before =
                if let base {
                    try await store.assignments(of: base, survey: plan.survey)
                } else {
                    [ItemID: Assignment]()
                }
            return RevisionDifference(
                base: base, before: before,
                after: try await store.assignments(of: plan.revision, survey: plan.survey))
        }
    }
}

/// What one published distribution assigns otherwise than another.
struct RevisionDifference: Sendable {
    struct Change: Hashable, Sendable {
        let item: ItemID
        /// `nil` where the other does not have the item.
        let before: Assignment?
        /// `nil` where the distribution does not have it.
        let after: Assignment?
    }

    /// The other's revision; `nil` where there is none.
    let base: Int?
    /// Observations, then tiles, each by identifier in natural order.
    let changes: [Change]
    /// What the distribution assigns.
    let assignments: [ItemID: Assignment]

    init(base: Int?, before: [ItemID: Assignment], after: [ItemID: Assignment]) {
        self.base = base
        assignments = after
        changes = Set(before.keys).union(after.keys)
            .filter { before[$0] != after[$0] }
            .sorted { $0.precedesNaturally($1) }
            .map { Change(item: $0, before: before[$0], after: after[$0]) }
    }

    static let columns: [Column] = [
        .itemKind, .itemID,
        Column("previous_primary", ucd: "meta.id", description: "by the other distribution"),
        Column("previous_secondary", ucd: "meta.id", description: "by the other distribution"),
        .primary, .secondary,
    ]

    var table: AnswerTable {
        AnswerTable(
            name: "changes", description: "What is assigned otherwise than by the other.",
            columns: Self.columns,
            rows: changes.map { change in
                [
                    .text(change.item.kind.rawValue), .text(change.item.text),
                    .text(change.before?.primary.text), .text(change.before?.secondary.text),
                    .text(change.after?.primary.text), .text(change.after?.secondary.text),
                ]
            })
    }
}
