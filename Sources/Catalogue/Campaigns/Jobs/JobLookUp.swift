import Campaigns
import GroundSegment
import PostgreSQL
import SkyGeometry

/// Looks up the items of tasks and writes down the jobs that they are to have.
struct JobLookUp {
    let survey: ID<SurveyPlan>
    /// When the newest publication of the survey was, seconds since 1970; 0 where there is none.
    let published: Double

    /// Of each kind, what there is; read once.
    private var items: [ItemKind: [Item]] = [:]

    private struct Item: Sendable {
        let key: Int
        let item: ItemID
        let centre: SkyPosition
        let instant: MJD
    }

    init(survey: ID<SurveyPlan>, on connection: isolated Connection) throws {
        self.survey = survey
        published = try connection.query(
            """
            SELECT coalesce(max(extract(epoch FROM published_at)), 0)::float8 AS instant
            FROM sgs.distribution WHERE survey = $1 AND state = 'published'
            """, survey.text)[0].decode("instant")
    }

    /// Whether a task's items have to be looked up: for the first time, because an operator asked
    /// for it, or because it takes new inputs and something was published.
    func isDue(_ task: StoredCampaign.Task, _ row: TaskRow) -> Bool {
        guard let lookedUp = row.lookedUp else { return true }
        if task.state == .toincexec { return true }
        return task.vector.policy.isOpen && !task.state.hasEnded && published > lookedUp
    }

    /// Writes down the jobs that a task does not have yet.
    ///
    /// - Parameter before: how many it has.
    /// - Returns: how many were added.
    mutating func add(
        _ task: CampaignTask, of campaign: ID<Campaign>, key: Int, before: Int,
        on connection: isolated Connection
    ) throws -> Int {
        let keys: [Int]
        switch task.unit {
        case .observation, .tile: keys = try chosen(task, on: connection)
        case .number:
            keys = try other(.number, (1...max(1, task.count)).map(String.init), on: connection)
        case .campaign: keys = try other(.campaign, [campaign.text], on: connection)
        }
        let added = try connection.query(CampaignSQL.addJobs, key, keys, before).affected
        try connection.query(
            """
            UPDATE sgs.campaign_task SET looked_up = to_timestamp($2::float8)
            WHERE campaign_task = $1
            """, key, published)
        return added
    }

    /// Writes down the one job of a step.
    func addOne(
        of campaign: ID<Campaign>, key: Int, on connection: isolated Connection
    ) throws {
        let keys = try other(.campaign, [campaign.text], on: connection)
        try connection.query(CampaignSQL.addJobs, key, keys, 0)
    }

    private mutating func chosen(
        _ task: CampaignTask, on connection: isolated Connection
    ) throws -> [Int] {
        guard let kind = task.unit.itemKind else { return [] }
        if items[kind] == nil { items[kind] = try read(kind, on: connection) }
        let answer = try task.items.query.map { try Self.ask($0, on: connection) } ?? []
        return (items[kind] ?? []).filter {
            task.items.chooses(
                $0.item, centre: $0.centre, instant: $0.instant, answer: answer)
        }.map(\.key)
    }

    private func read(_ kind: ItemKind, on connection: isolated Connection) throws -> [Item] {
        try connection.query(CampaignSQL.lookUp, survey.text, kind.rawValue).map { row in
            Item(
                key: try row.decode("item"), item: try ItemID(row: row),
                centre: SkyPosition(ra: try row.decode("ra"), dec: try row.decode("dec")),
                instant: MJD(
                    posixSeconds: try row.decode("instant", as: Double?.self) ?? published))
        }.sorted {
            $0.instant == $1.instant
                ? $0.item.precedesNaturally($1.item) : $0.instant < $1.instant
        }
    }

    private func other(
        _ kind: ItemKind, _ names: [String], on connection: isolated Connection
    ) throws -> [Int] {
        try connection.query(CampaignSQL.addItems, survey.text, kind.rawValue, names).map {
            try $0.decode("item", as: Int.self)
        }
    }

    /// What a selection's query gives.
    ///
    /// - Throws: `CatalogueError` of code `illegalChange` where it cannot be asked.
    private static func ask(
        _ query: String, on connection: isolated Connection
    ) throws -> Set<ItemID> {
        do {
            return try Set(
                connection.query(
                    "SELECT q.kind::text AS kind, q.item::text AS id FROM (\(query)) q"
                ).map { try ItemID(row: $0) })
        } catch let error as PostgreSQLError where error.sqlState != nil {
            throw CatalogueError(
                .illegalChange, "the query that chooses items cannot be asked: \(error)")
        }
    }
}
