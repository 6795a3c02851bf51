import Catalogue
import DataDictionary
import GroundSegment
import Planning
import Tables
import WebService

extension Backend {
    /// The SDCs, what each has to do, and its calendar.
    var sdcRoutes: [Route] {
        [
            Route(
                "/v1/sdcs", "The SDCs and what each holds.", [.at, .survey],
                result: .table(SDCTable.columns)
            ) { request in
                let survey = try request.survey()
                let table = SDCTable.table(
                    survey, sdcs: request.state.sdcs(of: survey),
                    at: try request.time(survey, now: now()))
                return Answer(content: .table(table))
            },
            Route(
                "/v1/sdcs/{id}", "An SDC: what it has, by the last plan in force, and holds.",
                [Self.sdc, .at, .survey], result: .record(SDCRecord.columns),
                problems: [404: Self.noSDC]
            ) { request in
                let (survey, id) = try sdc(request)
                let time = try request.time(survey, now: now())
                let site = request.state.plans(of: survey).last?.plan.distribution.sdcs
                    .first { $0.id == id }
                return Answer(
                    content: .record(SDCRecord.table(survey, id, site, at: time)),
                    tag: time.isAsked ? "\(request.state.version)-sdc" : nil)
            },
            Route(
                "/v1/sdcs/{id}/load", "An SDC's planned work, capacity and maintenance by week.",
                [
                    Self.sdc,
                    .query("week", .date, "Only the bucket that holds this instant."), .survey,
                ], result: .table(LoadTable.columns), problems: [404: Self.noSDC]
            ) { request in
                let (survey, id) = try sdc(request)
                let plans = request.state.plans(of: survey)
                return Answer(
                    content: .table(LoadTable.table(plans, id, week: request.date("week"))),
                    tag: "\(request.state.version)-load")
            },
            Route(
                "/v1/sdcs/{id}/only-there",
                "The observations and tiles of which only this SDC holds products, those first on "
                    + "which orders depend.",
                [Self.sdc, .survey] + Self.dependentDates, result: .table(SoleHoldingTable.columns),
                problems: [404: Self.noSDC, 503: Self.needsDatabase]
            ) { request in
                Answer(
                    content: .table(SoleHoldingTable.table(try await soleHoldings(request))),
                    caching: .never)
            },
            Route(
                "/v1/sdcs/{id}/surveys",
                "What the plans in force of each survey give to an SDC.", [Self.sdc],
                result: .table(SurveyLoadTable.columns), problems: [404: Self.noSDC]
            ) { request in
                let id = ID<SDC>(request.required("id"))
                let loads = request.state.loads(of: id)
                guard !loads.isEmpty else {
                    throw Problem.notFound("no distribution in force has this SDC")
                }
                return Answer(
                    content: .table(SurveyLoadTable.table(loads, id)),
                    tag: "\(request.state.version)-surveys")
            },
            Route(
                "/v1/sdcs/{id}/calendar.ics",
                "An SDC's maintenance and planned load as iCalendar (RFC 5545).",
                [Self.sdc, .survey], result: .document(mediaType: "text/calendar"),
                problems: [404: Self.noSDC]
            ) { request in
                let (survey, id) = try sdc(request)
                let text = CalendarDocument(sdc: id, plans: request.state.plans(of: survey)).text
                return .document(
                    text, "text/calendar; charset=utf-8",
                    tag: "\(request.state.version)-calendar")
            },
        ]
    }

    static let sdc = Parameter.path("id", .text, "Identifier of the SDC.")
    static let noSDC = "No distribution in force has this SDC."

    static let dependentDates: [Parameter] = [
        .query("from", .date, "Count only orders that are released from then on."),
        .query("until", .date, "Count only orders that are released before."),
    ]

    /// What only the SDC that a request names holds.
    func soleHoldings(_ request: RouteRequest) async throws -> [SoleHolding] {
        let (survey, id) = try sdc(request)
        let (from, until) = (request.date("from"), request.date("until"))
        let window: TimeWindow? =
            from == nil && until == nil
            ? nil
            : TimeWindow(
                start: from ?? MJD(0), end: max(from ?? MJD(0), until ?? MJD(1_000_000)))
        return try await sessions.with { connection in
            try await SoleHolding.read(
                of: id, survey: survey.survey, window: window, limit: limits.rows, connection)
        }
    }

    /// The survey and the SDC that a request names.
    func sdc(_ request: RouteRequest) throws(Problem) -> (SurveyOwnership, ID<SDC>) {
        let survey = try request.survey()
        let id = ID<SDC>(request.required("id"))
        try requireSDC(id, of: survey, request)
        return (survey, id)
    }

    func requireSDC(
        _ id: ID<SDC>, of survey: SurveyOwnership, _ request: RouteRequest
    ) throws(Problem) {
        guard request.state.sdcs(of: survey).contains(id) else {
            throw .notFound("no distribution in force has this SDC")
        }
    }
}

/// What each SDC holds.
enum SDCTable {
    static let columns =
        [Column.sdc]
        + ItemKind.allCases.flatMap { kind in
            Role.allCases.map { role in
                Column(
                    "\(role.rawValue)_\(kind.rawValue)s", ucd: "meta.number",
                    description: "\(kind.rawValue)s whose \(role.rawValue) SDC it is",
                    type: .integer)
            }
        }

    static func table(_ survey: SurveyOwnership, sdcs: [ID<SDC>], at time: AskedTime) -> AnswerTable
    {
        var counts: [ID<SDC>: [Int]] = [:]
        for (offset, items) in [survey.observations, survey.tiles].enumerated() {
            for item in items {
                guard let assignment = time.assignment(of: item) else { continue }
                for (place, role) in Role.allCases.enumerated() {
                    counts[assignment[role], default: [0, 0, 0, 0]][2 * offset + place] += 1
                }
            }
        }
        let rows = sdcs.map { sdc in
            [TableValue.text(sdc.text)]
                + (counts[sdc] ?? [0, 0, 0, 0]).map { TableValue.integer($0) }
        }
        return AnswerTable(
            name: "sdcs", description: "What each SDC holds.", columns: columns, rows: rows)
    }
}

/// One SDC: its capacity, and what it holds.
enum SDCRecord {
    static let columns =
        [
            Column.sdc,
            Column("name", ucd: "meta.title", description: "name of the SDC"),
            Column("country", ucd: "meta.id", description: "where it is"),
            Column("cores", ucd: "meta.number", description: "processor cores", type: .real),
            Column(
                "efficiency", ucd: "meta.number;arith.ratio",
                description: "the part of its cores that pipelines can use", type: .real),
            Column(
                "storage", unit: "TB", ucd: "meta.number", description: "its storage",
                type: .real),
            Column(
                "used", unit: "TB", ucd: "meta.number", description: "of that used before",
                type: .real),
        ] + SDCTable.columns.dropFirst()

    static func table(
        _ survey: SurveyOwnership, _ id: ID<SDC>, _ site: SDC?, at time: AskedTime
    ) -> AnswerTable {
        let holdings = SDCTable.table(survey, sdcs: [id], at: time).rows[0].dropFirst()
        let facts: [TableValue] = [
            .text(id.text), .text(site?.name), .text(site?.country),
            site.map { .real($0.cores) } ?? .missing,
            site.map { .real($0.efficiency) } ?? .missing,
            site.map { .real($0.storage.value) } ?? .missing,
            site.map { .real($0.used.value) } ?? .missing,
        ]
        return AnswerTable(
            name: "sdc", description: "What an SDC has and holds.", columns: columns,
            rows: [facts + holdings])
    }
}

/// What each survey gives to an SDC.
enum SurveyLoadTable {
    static let columns: [Column] = [
        .survey,
        Column("starts", ucd: "time.start", description: "start of its first plan in force"),
        Column("ends", ucd: "time.end", description: "end of its last plan in force"),
        Column(
            "observations", ucd: "meta.number",
            description: "observations that it is primary of", type: .integer),
        Column(
            "tiles", ucd: "meta.number", description: "tiles that it is primary of", type: .integer),
        .work,
        Column(
            "volume", unit: "TB", ucd: "meta.number",
            description: "new data, both replicas counted", type: .real),
    ]

    static func table(_ loads: [SurveyLoad], _ sdc: ID<SDC>) -> AnswerTable {
        AnswerTable(
            name: "surveys", description: "What each survey gives to \(sdc).", columns: columns,
            rows: loads.map { load in
                [
                    .text(load.survey.text), .text(load.period.start.iso8601),
                    .text(load.period.end.iso8601), .integer(load.observations),
                    .integer(load.tiles), .real(load.work.value), .real(load.volume.value),
                ]
            })
    }
}

/// An SDC's work by bucket.
enum LoadTable {
    static let columns: [Column] = [
        .plan, .revision,
        Column("week", ucd: "time.start", description: "first day of the bucket"),
        Column(
            "days", unit: "d", ucd: "time.duration", description: "length of the bucket",
            type: .real),
        Column(
            "observations", ucd: "meta.number",
            description: "observations that arrive at their primary SDC", type: .integer),
        Column(
            "tiles", ucd: "meta.number",
            description: "tiles that become ready at their primary SDC", type: .integer),
        .work,
        .work.named("target", description: "core-hours that are its share of all work"),
        .work.named("capacity", description: "core-hours that it can do, maintenance taken off"),
        Column(
            "utilisation", ucd: "time.duration;arith.ratio", description: "work by capacity",
            type: .real),
        Column(
            "availability", ucd: "time.duration;arith.ratio",
            description: "the available part, averaged over the bucket", type: .real),
    ]

    static func table(
        _ plans: [(published: PublishedPlan, plan: Plan)], _ sdc: ID<SDC>, week: MJD?
    ) -> AnswerTable {
        let rows = plans.flatMap { published, plan -> [[TableValue]] in
            let buckets = plan.distribution.buckets
            guard let load = plan.measures.loads.first(where: { $0.sdc == sdc }),
                let site = plan.distribution.sdcs.first(where: { $0.id == sdc })
            else { return [] }
            return load.buckets.enumerated().compactMap { index, load in
                let window = buckets[index]
                guard week.map(window.contains) ?? true else { return nil }
                return row(published, window, load, site)
            }
        }
        return AnswerTable(
            name: "load", description: "Planned work of \(sdc) by bucket.", columns: columns,
            rows: rows)
    }

    private static func row(
        _ plan: PublishedPlan, _ window: TimeWindow, _ load: BucketLoad, _ site: SDC
    ) -> [TableValue] {
        [
            .text(plan.name), .integer(plan.revision), .text(window.start.date),
            .real(window.days), .integer(load.observations), .integer(load.tiles),
            .real(load.work.value), .real(load.target.value), .real(load.capacity.value),
            load.capacity > .zero ? .real(load.work / load.capacity) : .missing,
            .real(site.meanAvailability(over: window)),
        ]
    }
}
