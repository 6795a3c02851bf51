public import Campaigns
public import GroundSegment
import PostgreSQL

/// What the approved campaigns of a survey take of an SDC, and what that makes late.
public struct CampaignImpact: Hashable, Sendable {
    public let sdc: ID<SDC>
    public let demands: [CampaignDemand]
    public let load: CampaignLoad
    public let delay: DailyDelay
}

extension CampaignStore {
    /// What approved campaigns besides the daily processing take of each SDC, day by day: each its
    /// share from its approval on.  Of all of their jobs, so that it does not change as they go on;
    /// nothing of a campaign that has ended.
    ///
    /// - Parameters:
    ///   - name: as if it alone were approved, whether it is or not, at `start`.
    ///   - start: from when on a campaign counts that is not approved; the server's present where
    ///     it is `nil`.
    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    public func impact(
        of name: ID<Campaign>? = nil, survey: ID<SurveyPlan>, start: MJD? = nil
    ) async throws -> [CampaignImpact] {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            let start = try Self.instant(start, on: connection)
            return try Self.impact(of: name, survey: survey, start: start, on: connection)
        }
    }

    /// What approved campaigns of all surveys besides the daily processing take of each SDC in the
    /// days that meet `period`, and nothing where there are none.
    static func reservations(
        meeting period: TimeWindow, on connection: isolated Connection
    ) throws -> [ID<SDC>: [Reservation]] {
        let surveys = try connection.query(
            """
            SELECT DISTINCT survey FROM sgs.campaign
            WHERE name <> 'daily' AND approved_at IS NOT NULL ORDER BY survey
            """
        ).map { ID<SurveyPlan>(try $0.decode("survey", as: String.self)) }
        var found: [ID<SDC>: [Reservation]] = [:]
        for survey in surveys {
            for impact in try impact(
                of: nil, survey: survey, start: period.start, on: connection)
            {
                found[impact.sdc, default: []] += impact.load.reservations.filter {
                    $0.window.intersection(period) != nil
                }
            }
        }
        return found.filter { !$0.value.isEmpty }
    }

    private static func impact(
        of name: ID<Campaign>?, survey: ID<SurveyPlan>, start: MJD,
        on connection: isolated Connection
    ) throws -> [CampaignImpact] {
        let days = try supply(survey, on: connection)
        if let name { _ = try key(name, survey, on: connection) }
        var known: CampaignRows.Known = [:]
        let found = try CampaignRows.campaigns(
            survey: survey, name: name, known: &known, on: connection)
        let daily =
            try connection.query(
                "SELECT share FROM sgs.campaign WHERE survey = $1 AND name = 'daily'", survey.text
            ).first.map { try $0.decode("share", as: Double.self) } ?? 1
        var demands: [ID<SDC>: [CampaignDemand]] = [:]
        for campaign in found where !campaign.isDaily {
            guard name != nil || campaign.stored.approvedAt != nil,
                campaign.stored.tasks.contains(where: { !$0.state.hasEnded })
            else { continue }
            for (sdc, amount) in try amounts(of: campaign, at: days.keys.sorted(), on: connection) {
                demands[sdc, default: []].append(
                    CampaignDemand(
                        campaign: campaign.stored.campaign.id,
                        share: campaign.stored.campaign.share,
                        start: campaign.stored.approvedAt ?? start, work: amount.work,
                        volume: amount.volume))
            }
        }
        return days.sorted { $0.key < $1.key }.compactMap { sdc, days in
            guard let own = demands[sdc] else { return nil }
            let load = CampaignLoad(own, daily: daily, days: days)
            return CampaignImpact(
                sdc: sdc, demands: own, load: load,
                delay: DailyDelay(days: days, reserved: load.reservations))
        }
    }

    /// The days of each SDC in the buckets of the plans in force.
    private static func supply(
        _ survey: ID<SurveyPlan>, on connection: isolated Connection
    ) throws -> [ID<SDC>: [DayOfWork]] {
        var days: [ID<SDC>: [DayOfWork]] = [:]
        for row in try connection.query(CampaignSQL.supply, survey.text) {
            let start = MJD(posixSeconds: try row.decode("starts"))
            let length = MJD(posixSeconds: try row.decode("ends")) - start
            let count = max(1, Int(length.rounded(.up)))
            let part = length / Double(count)
            let capacity = try row.decode("capacity", as: Double.self) / Double(count)
            let work = try row.decode("work", as: Double.self) / Double(count)
            days[ID(try row.decode("sdc")), default: []] += (0..<count).map { day in
                DayOfWork(
                    window: TimeWindow(
                        start: start + Double(day) * part, end: start + Double(day + 1) * part),
                    capacity: CoreHours(capacity), daily: CoreHours(work))
            }
        }
        return days
    }

    /// What a campaign's jobs take at each SDC: as measured, else as their task asks for it.
    private static func amounts(
        of campaign: CampaignRows.Found, at sdcs: [ID<SDC>], on connection: isolated Connection
    ) throws -> [(sdc: ID<SDC>, amount: (work: CoreHours, volume: Terabytes))] {
        let tasks = Dictionary(
            zip(campaign.rows, campaign.stored.tasks).map { ($0.key, ($0, $1)) },
            uniquingKeysWith: { one, _ in one })
        var work: [ID<SDC>: Double] = [:]
        var volume: [ID<SDC>: Double] = [:]
        for row in try connection.query(CampaignSQL.remaining, campaign.taskKeys) {
            guard let (stored, task) = tasks[try row.decode("campaign_task", as: Int.self)]
            else { continue }
            let request = task.vector.policy.request
            let each =
                stored.jobWork ?? request.walltime * Double(request.cores) / 3600
            let jobs = Double(try row.decode("n", as: Int.self))
            let output = Double(request.outputDisk) * 1_048_576 / 1e12
            let sdc = try row.decode("sdc", as: String?.self).map { ID<SDC>($0) }
            let places = sdc.map { [$0] } ?? sdcs
            for place in places {
                work[place, default: 0] += jobs * each / Double(places.count)
                volume[place, default: 0] += jobs * output / Double(places.count)
            }
        }
        return work.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
            ($0.key, (CoreHours($0.value), Terabytes(volume[$0.key] ?? 0)))
        }
    }
}
