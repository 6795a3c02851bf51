import PostgreSQL

/// What a sweep looks at: whole campaigns, and tasks of others.
///
/// Whether a task goes on rests on itself and on those that make what it reads.  So where tasks
/// have changed, they can bring on only what comes after them.
struct SweepScope {
    /// Looked at whole.
    private(set) var campaigns: [Int]
    /// Those of which only tasks are looked at, each with how many orders of its other tasks wait
    /// or run.
    private(set) var others: [Int: Int] = [:]
    /// The tasks that are looked at.
    private var active: Set<Int> = []
    /// Those, and who makes what they read.
    private(set) var tasks: [Int] = []

    init(campaigns: [Int]) {
        self.campaigns = campaigns
    }

    /// - Parameters:
    ///   - campaigns: looked at whole.
    ///   - changed: tasks of others that have changed, by campaign.
    /// - Throws: `PostgreSQLError`.
    init(
        campaigns: [Int], changed: [Int: [Int]], on connection: isolated Connection
    ) throws {
        self.campaigns = campaigns
        guard !changed.isEmpty else { return }
        let rows = try connection.query(
            CampaignSQL.downstream, changed.values.flatMap(\.self).sorted())
        for row in rows {
            let task = try row.decode("campaign_task", as: Int.self)
            tasks.append(task)
            if try row.decode("is_active") { active.insert(task) }
        }
        tasks.sort()
        others = changed.mapValues { _ in 0 }
        for row in try connection.query(CampaignSQL.otherLive, changed.keys.sorted(), tasks) {
            others[try row.decode("campaign")] = try row.decode("n", as: Int.self)
        }
    }

    /// Whether a task that was read may go on.
    func isActive(_ task: Int, of campaign: Int) -> Bool {
        others[campaign] == nil || active.contains(task)
    }

    /// Looks at the whole of a campaign from now on.
    ///
    /// - Returns: whether it did not before.
    mutating func widen(_ campaign: Int) -> Bool {
        guard others.removeValue(forKey: campaign) != nil else { return false }
        campaigns.append(campaign)
        return true
    }
}
