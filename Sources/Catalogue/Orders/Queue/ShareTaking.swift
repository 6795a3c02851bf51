import Campaigns
import GroundSegment
import PostgreSQL

/// Takes orders of an SDC for which several campaigns have some, by the campaigns' shares.
///
/// Within a campaign the order is as ever: by priority, then by release.  What a job is expected
/// to take is charged when it is taken, and set right when its end is reported.
struct ShareTaking {
    let sdc: ID<SDC>
    let limit: Int
    let clock: MJD
    let runner: String
    let pipelines: [String]

    private struct Candidate {
        let key: Int
        let work: Double
    }

    private struct Queue {
        let campaign: Int
        let share: Double
        var waiting: [Candidate] = []
    }

    /// Whether other orders than those of the daily processing wait at the SDC.
    static func isNeeded(_ sdc: ID<SDC>, on connection: isolated Connection) throws -> Bool {
        try connection.query(
            """
            SELECT EXISTS (SELECT FROM sgs.processing_order
                WHERE sdc = $1 AND state = 'ALLOCATED' AND lane > 0) AS is_needed
            """, sdc.text)[0].decode("is_needed")
    }

    /// - Returns: the keys of the orders that were taken.
    func take(on connection: isolated Connection) throws -> [Int] {
        var queues = try queues(on: connection)
        guard !queues.isEmpty else { return [] }
        var ledger = try ShareAccounts.read(sdc, on: connection)
        for (id, queue) in queues { ledger.set(queue.share, for: id) }
        var chosen: [(key: Int, work: Double)] = []
        var served: [ID<Campaign>: Double] = [:]
        while chosen.count < limit {
            let busy = queues.filter { !$0.value.waiting.isEmpty }
            guard let next = ledger.next(among: Set(busy.keys)),
                let order = queues[next]?.waiting.popLast()
            else { break }
            served[next] = ledger.now
            ledger.book(CoreHours(order.work), for: next)
            chosen.append((order.key, order.work))
        }
        try ShareAccounts.write(
            ledger, served, campaigns: queues.mapValues(\.campaign), at: sdc, on: connection)
        return try connection.query(
            CampaignSQL.takeChosen, chosen.map(\.key), chosen.map(\.work), runner
        ).map { try $0.decode("processing_order", as: Int.self) }
    }

    /// What each campaign could start, the next last.
    private func queues(on connection: isolated Connection) throws -> [ID<Campaign>: Queue] {
        var queues: [ID<Campaign>: Queue] = [:]
        for row in try connection.query(
            CampaignSQL.candidates, sdc.text, clock.posixSeconds, limit, pipelines)
        {
            let id: ID<Campaign> = ID(try row.decode("campaign_name"))
            let queue = Queue(
                campaign: try row.decode("campaign"), share: try row.decode("share"))
            queues[id, default: queue].waiting.append(
                Candidate(
                    key: try row.decode("processing_order"), work: try row.decode("work")))
        }
        return queues
    }
}

/// The accounts of campaigns at an SDC.
enum ShareAccounts {
    /// Reads them for this transaction alone.
    static func read(
        _ sdc: ID<SDC>, on connection: isolated Connection
    ) throws -> ShareLedger {
        var accounts: [ID<Campaign>: ShareLedger.Account] = [:]
        var now = 0.0
        for row in try connection.query(
            """
            SELECT c.survey || '/' || c.name AS campaign_name, c.share, a.used, a.clock, a.served,
                a.is_busy
            FROM sgs.share_account a JOIN sgs.campaign c USING (campaign)
            WHERE a.sdc = $1 ORDER BY a.campaign FOR UPDATE OF a
            """, sdc.text)
        {
            accounts[ID(try row.decode("campaign_name"))] = ShareLedger.Account(
                share: try row.decode("share"), used: CoreHours(try row.decode("used")),
                clock: try row.decode("clock"), isBusy: try row.decode("is_busy"))
            now = max(now, try row.decode("served"))
        }
        return ShareLedger(accounts: accounts, now: now)
    }

    /// - Parameters:
    ///   - served: the clocks at which campaigns were served now.
    ///   - campaigns: the keys of those that have orders at the SDC.
    static func write(
        _ ledger: ShareLedger, _ served: [ID<Campaign>: Double], campaigns: [ID<Campaign>: Int],
        at sdc: ID<SDC>, on connection: isolated Connection
    ) throws {
        for (id, key) in campaigns.sorted(by: { $0.value < $1.value }) {
            guard let account = ledger.accounts[id] else { continue }
            try connection.query(
                """
                INSERT INTO sgs.share_account AS a (sdc, campaign, used, clock, served, is_busy)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (sdc, campaign) DO UPDATE SET used = excluded.used,
                    clock = excluded.clock, served = greatest(a.served, excluded.served),
                    is_busy = excluded.is_busy
                """, sdc.text, key, account.used.value, account.clock, served[id] ?? 0,
                account.isBusy)
        }
        // Who has nothing to start now does not get back later what others took meanwhile.
        try connection.query(
            """
            UPDATE sgs.share_account SET is_busy = false
            WHERE sdc = $1 AND is_busy AND campaign <> ALL ($2::bigint[])
            """, sdc.text, Array(campaigns.values))
    }

    /// Puts what an order has used in the place of what was charged when it was taken.
    static func settle(
        _ order: StoredOrder, report: Int, on connection: isolated Connection
    ) throws {
        try connection.query(
            """
            UPDATE sgs.share_account a SET used = a.used + d.more,
                clock = a.clock + d.more / c.share
            FROM sgs.processing_order o
            JOIN sgs.campaign_task t USING (campaign_task)
            JOIN sgs.campaign c USING (campaign)
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(s.cores * extract(epoch FROM s.ended_at - s.started_at)), 0)
                    ::float8 / 3600 - o.booked AS more
                FROM sgs.step_run s WHERE s.order_report = $2
            ) d
            WHERE o.processing_order = $1 AND o.booked IS NOT NULL
                AND a.sdc = o.sdc AND a.campaign = c.campaign
            """, order.key, report)
    }
}
