public import GroundSegment
import PostgreSQL

extension PlanStore {
    /// What the plans in force of other surveys use of each SDC in the buckets that meet `period`,
    /// and what approved campaigns of any survey do besides the daily processing, by time; an SDC
    /// of which they use nothing is left out.
    ///
    /// A bucket of which a newer plan of the same survey takes over a part counts in the newer
    /// alone.
    ///
    /// - Throws: `PostgreSQLError`.
    public func reservations(
        besides survey: ID<SurveyPlan>, meeting period: TimeWindow
    ) async throws -> [ID<SDC>: [Reservation]] {
        let rows = try await connection.query(
            """
            SELECT l.sdc, extract(epoch FROM lower(l.period)) AS starts,
                extract(epoch FROM upper(l.period)) AS ends,
                sum(l.work) AS work, sum(l.volume) AS volume
            FROM sgs.bucket_load l
            JOIN sgs.distribution d USING (distribution)
            WHERE d.state = 'published' AND d.survey <> $1
                AND l.period && tstzrange(to_timestamp($2), to_timestamp($3))
                AND (l.work > 0 OR l.volume > 0)
                AND NOT EXISTS (
                    SELECT FROM sgs.distribution o
                    WHERE o.survey = d.survey AND o.state = 'published'
                        AND o.revision > d.revision AND o.period && l.period)
            GROUP BY l.sdc, l.period
            ORDER BY l.sdc, l.period
            """, survey.text, period.start.posixSeconds, period.end.posixSeconds)
        var found: [ID<SDC>: [Reservation]] = [:]
        for row in rows {
            let window = TimeWindow(
                start: MJD(posixSeconds: try row.decode("starts")),
                end: MJD(posixSeconds: try row.decode("ends")))
            found[ID(try row.decode("sdc")), default: []].append(
                Reservation(
                    window: window, work: CoreHours(try row.decode("work")),
                    volume: Terabytes(try row.decode("volume"))))
        }
        let campaigns = try await connection.transaction {
            try CampaignStore.reservations(meeting: period, on: $0)
        }
        found.merge(campaigns) { $0 + $1 }
        return found.mapValues { $0.sorted() }
    }
}
