import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

extension Backend {
    /// What was published, when, by whom and why.
    var distributionRoutes: [Route] {
        [
            Route(
                "/v1/distributions", "The published distributions, newest first.",
                [
                    .survey("Only this survey's."),
                    .query("after", .text, "Where the page before ended; take it from the Link."),
                    .limit(limits.rows),
                ], result: .table(DistributionTable.columns)
            ) { try distributions($0) },
            Route(
                "/v1/distributions/{survey}/{revision}", "A published distribution.",
                Self.revision, result: .record(DistributionTable.columns),
                problems: [404: Self.noRevision]
            ) { request in
                let plan = try distribution(request)
                return Answer(
                    content: .record(DistributionTable.table([plan])),
                    tag: "\(request.state.version)-\(plan.revision)")
            },
            Route(
                "/v1/distributions/{survey}/{revision}/plan.json",
                "The plan.json of a distribution, byte for byte as it was published.",
                Self.revision, result: .document(mediaType: "application/json"),
                problems: [404: Self.noRevision, 503: Self.needsDatabase]
            ) { request in
                let plan = try distribution(request)
                let text = try await sessions.with { connection in
                    try await PlanStore(connection).planJSON(
                        of: plan.survey, revision: plan.revision)
                }
                return Answer(
                    content: .document(text, mediaType: "application/json"), tag: plan.digest,
                    caching: .immutable)
            },
        ]
    }

    static let noRevision = "The survey has no such published distribution."
    static let revision = [
        Parameter.path("survey", .text, problems: Parameter.noSurvey, "The survey."),
        Parameter.path("revision", .integer(1...1_000_000), "Counts the publications from 1."),
    ]

    private func distributions(_ request: RouteRequest) throws(Problem) -> Answer {
        let plans: [PublishedPlan]
        if let survey = request.text("survey") {
            plans = try request.state.survey(named: survey).plans
        } else {
            plans = request.state.snapshot.plans
        }
        let start =
            request.text("after").flatMap { key in
                plans.firstIndex { DistributionTable.key($0) == key }.map { $0 + 1 }
            } ?? 0
        let page = plans.dropFirst(start).prefix(request.limit(limits.rows))
        let isLast = start + page.count >= plans.count
        return Answer(
            content: .table(DistributionTable.table(Array(page))), tag: request.state.version,
            next: isLast
                ? nil : page.last.map { request.next(after: DistributionTable.key($0)) },
            total: plans.count)
    }

    /// The distribution that a request's path names.
    func distribution(_ request: RouteRequest) throws(Problem) -> PublishedPlan {
        let survey = try request.state.survey(named: request.required("survey"))
        let revision = request.integer("revision")
        guard let plan = survey.plans.first(where: { $0.revision == revision }) else {
            throw .notFound("the survey has no such published distribution")
        }
        return plan
    }
}

/// Distributions with who published them and why.
enum DistributionTable {
    static let columns: [Column] = [
        .survey, .revision, .plan, .digest,
        Column("period_start", ucd: "time.start", description: "start of its period, UTC"),
        Column("period_end", ucd: "time.end", description: "end of its period, UTC, exclusive"),
        .publishedAt, .author, .comment,
        Column(
            "state", ucd: "meta.code.status", description: "published, superseded or withdrawn"),
        .approver,
        Column("approved_at", ucd: "time.release", description: "when it was approved, UTC"),
        Column("approval", ucd: "meta.note", description: "why it was approved"),
        Column(
            "superseded_at", ucd: "time.end",
            description: "when a plan of at least the same period was published, UTC"),
        Column(
            "withdrawn_at", ucd: "time.end", description: "when it was taken back, UTC"),
        Column("withdrawal", ucd: "meta.note", description: "why it was taken back"),
        Column(
            "failover_of", ucd: "meta.id",
            description: "the lost SDC whose work it gives to others"),
    ]

    static func table(_ plans: [PublishedPlan]) -> AnswerTable {
        let rows = plans.map { plan -> [TableValue] in
            [
                .text(plan.survey.text), .integer(plan.revision), .text(plan.name),
                .text(plan.digest), .date(plan.period.start), .date(plan.period.end),
                .instant(plan.publishedAt), .text(plan.author), .text(plan.comment),
                .text(plan.state.rawValue), .text(plan.approval?.approver),
                .instant(plan.approval?.instant), .text(plan.approval?.comment),
                .instant(plan.supersededAt), .instant(plan.withdrawal?.instant),
                .text(plan.withdrawal?.comment), .text(plan.failoverOf?.text),
            ]
        }
        return AnswerTable(
            name: "distributions", description: "Published distributions, newest first.",
            columns: columns, rows: rows)
    }

    /// What names a distribution in a page's address.
    static func key(_ plan: PublishedPlan) -> String { "\(plan.revision)/\(plan.survey)" }
}
