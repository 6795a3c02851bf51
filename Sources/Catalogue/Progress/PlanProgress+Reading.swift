public import GroundSegment
public import PostgreSQL

extension PlanProgress {
    private static let sql = SQLFile(PackageResources.Progress_sql)

    private static func statement(_ name: String) -> String {
        sql["base"] + "\n" + sql[name]
    }

    /// Reads it, as one state of the catalogue.
    ///
    /// - Parameter clock: by which buckets are over.
    /// - Throws: `PostgreSQLError`.
    public static func read(
        _ connection: Connection, survey: ID<SurveyPlan>, clock: MJD
    ) async throws -> PlanProgress {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            var lines = Lines()
            for row in try connection.query(sql["planned"], survey.text) { try lines.plan(row) }
            for row in try connection.query(
                statement("ended"), survey.text, clock.posixSeconds)
            {
                try lines.change(row) { line in
                    line.done.orders = try row.decode("orders")
                    line.done.received = try row.decode("received")
                    line.done.lost = try row.decode("lost")
                    line.done.onTime = try row.decode("on_time")
                    line.done.late = try row.decode("late")
                    line.done.overdue = try row.decode("overdue")
                    line.done.failed = try row.decode("failed")
                }
            }
            for row in try connection.query(statement("used"), survey.text) {
                try lines.change(row) { line in
                    line.done.occupied = CoreHours(try row.decode("occupied"))
                    line.done.busy = CoreHours(try row.decode("busy"))
                }
            }
            for row in try connection.query(statement("stored"), survey.text) {
                try lines.change(row) { $0.done.stored = try row.decode("bytes") }
            }
            for row in try connection.query(statement("copied"), survey.text) {
                try lines.change(row) { $0.done.copies = try row.decode("copies") }
            }
            for row in try connection.query(statement("toCopy"), survey.text) {
                try lines.change(row) { $0.planned.copies = try row.decode("copies") }
            }
            return PlanProgress(survey: survey, lines: lines.sorted)
        }
    }

    /// Lines by SDC and bucket, as they are filled.
    private struct Lines {
        private struct Key: Hashable {
            let sdc: String
            let start: Double
        }

        private var lines: [Key: Line] = [:]
        private var ends: [Double: Double] = [:]

        mutating func plan(_ row: Row) throws {
            let start: Double = try row.decode("starts")
            ends[start] = try row.decode("ends", as: Double.self)
            try change(row) { line in
                line.planned.observations = try row.decode("observations")
                line.planned.tiles = try row.decode("tiles")
                line.planned.work = CoreHours(try row.decode("work"))
                line.planned.capacity = CoreHours(try row.decode("capacity"))
                line.planned.volume = Terabytes(try row.decode("volume"))
            }
        }

        mutating func change(_ row: Row, _ body: (inout Line) throws -> Void) throws {
            let key = Key(sdc: try row.decode("sdc"), start: try row.decode("starts"))
            var line =
                lines[key]
                ?? Line(
                    sdc: ID(key.sdc),
                    period: TimeWindow(
                        start: MJD(posixSeconds: key.start),
                        end: MJD(posixSeconds: ends[key.start] ?? key.start)),
                    planned: Planned(), done: Done())
            try body(&line)
            lines[key] = line
        }

        var sorted: [Line] {
            lines.values.sorted {
                ($0.sdc, $0.period.start.days) < ($1.sdc, $1.period.start.days)
            }
        }
    }
}
