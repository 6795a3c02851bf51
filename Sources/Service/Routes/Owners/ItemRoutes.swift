import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

extension Backend {
    /// Lists of tiles and observations, and what was known of one when.
    var itemRoutes: [Route] {
        [
            history("/v1/tiles/{id}/history", "What was published of a tile's owners, when.") {
                .tile(ID($0))
            },
            history(
                "/v1/observations/{id}/history",
                "What was published of an observation's owners, when."
            ) { .observation(ID($0)) },
            list("/v1/tiles", "The tiles and their owners, by identifier.", .tile),
            list(
                "/v1/observations", "The observations and their owners, by identifier.",
                .observation),
        ]
    }

    private func history(
        _ path: String, _ summary: String, _ id: @escaping @Sendable (String) -> ItemID
    ) -> Route {
        Route(
            path, summary, [.item, .survey], result: .table(HistoryTable.columns),
            problems: [404: "Nothing published has the item.", 503: Self.needsDatabase]
        ) { request in
            let item = id(request.required("id"))
            let survey = try request.survey().survey
            do {
                let records = try await sessions.with { connection in
                    try await OwnershipStore(connection).history(of: item, survey: survey)
                }
                return Answer(
                    content: .table(HistoryTable.table(records)),
                    tag: "\(request.state.version)-history")
            } catch CatalogueError.Code.unknownItem {
                throw Problem.notFound("nothing published has this \(item.kind.rawValue)")
            }
        }
    }

    static let needsDatabase = "It needs the database, which cannot be reached."

    private func list(_ path: String, _ summary: String, _ kind: ItemKind) -> Route {
        Route(
            path, summary,
            [
                .query("sdc", .text, "Only those that this SDC holds."), .role, .status, .at,
                .survey,
                .query(
                    "limit", .integer(1...limits.rows), "The most rows (default: all)."), .after,
            ], result: .table(ItemTable.columns), problems: [404: Self.noSDC]
        ) { request in
            let survey = try request.survey()
            let selection = try selection(
                request, kind, of: survey, at: request.time(survey, now: now()))
            let start = selection.start(after: request.text("after"))
            let left = selection.count - start
            let count = min(request.integer("limit") ?? left, left)
            let rows = AnswerRows(
                name: kind.rawValue + "s", description: ItemTable.description(selection),
                columns: ItemTable.columns, count: count,
                lease: try budget.takeNow(selection.bytes)
            ) { selection.row(start + $0) }
            return Answer(
                content: .rows(rows), tag: request.date("at") == nil ? nil : request.state.version,
                next: count == left
                    ? nil : request.next(after: selection.item(start + count - 1).id.text),
                total: selection.count)
        }
    }

    /// The items of a survey that a request's SDC, role and status ask for, at a time.
    func selection(
        _ request: RouteRequest, _ kind: ItemKind, of survey: SurveyOwnership, at time: AskedTime
    ) throws(Problem) -> ItemSelection {
        let sdc = request.text("sdc").map { ID<SDC>($0) }
        if let sdc { try requireSDC(sdc, of: survey, request) }
        return ItemSelection(
            kind, of: survey, at: time, sdc: sdc,
            role: request.text("role").flatMap(Role.init(rawValue:)),
            status: request.text("status").flatMap(ItemStatus.init(rawValue:)) ?? .inForce)
    }
}

extension Parameter {
    static let role = query(
        "role", .choice(Role.allCases.map(\.rawValue)),
        "With sdc: only those that it holds in this role (default: either).")
    static let status = query(
        "status", .choice(ItemStatus.allCases.map(\.rawValue)),
        "in-force (default): what the plans in force have, or what is held at the asked time; "
            + "dropped: what they no longer have, with its last owners; all: both.")
}

/// Items with their places and owners.
enum ItemTable {
    static let columns: [Column] =
        [
            .rightAscension, .declination,
            Column(
                "starts", ucd: "time.start", description: "start of the observation, UTC"),
        ] + OwnerTable.columns

    /// It tells what is left out.
    static func description(_ selection: ItemSelection) -> String {
        guard selection.status == .inForce, selection.dropped > 0 else {
            return "Centres and published ownership."
        }
        return "Centres and published ownership; without \(selection.dropped) that the plans in "
            + "force no longer have (status=dropped)."
    }

    static func row(_ item: OwnedItem, _ owner: Ownership) -> [TableValue] {
        [.real(item.centre.ra), .real(item.centre.dec), .date(item.window?.start)]
            + OwnerTable.row(owner)
    }
}

/// What was known of an item's owners, when.
enum HistoryTable {
    static let columns: [Column] = [
        .primary, .secondary, .cause, .validFrom, .validUntil,
        Column("known_from", ucd: "time.release", description: "when it was published, UTC"),
        Column(
            "known_until", ucd: "time.end",
            description: "when a later publication took its place, UTC"),
        .plan, .revision,
    ]

    static func table(_ records: [OwnershipRecord]) -> AnswerTable {
        let rows = records.map { record -> [TableValue] in
            [
                .text(record.assignment.primary.text), .text(record.assignment.secondary.text),
                .text(record.cause?.rawValue), .date(record.validFrom), .date(record.validUntil),
                .instant(record.knownFrom), .instant(record.knownUntil), .text(record.plan.name),
                .integer(record.plan.revision),
            ]
        }
        return AnswerTable(
            name: "history", description: "What was published of an item's owners, when.",
            columns: columns, rows: rows)
    }
}
