public import GroundSegment
public import PostgreSQL

extension PlanProgress {
    private static let sql = SQLFile(PackageResources.Progress_sql)

    /// Reads it, as one state of the catalogue.
    ///
    /// - Parameter clock: by which buckets are over.
    /// - Throws: `PostgreSQLError`.
    public static func read(
        _ connection: Connection, survey: ID<SurveyPlan>, clock: MJD
    ) async throws -> PlanProgress {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            try connection.run(script: sql["settings"])
            var lines = Lines()
            for row in try connection.query(sql["planned"], survey.text) { try lines.plan(row) }
            for row in try connection.query(sql["figures"], survey.text, clock.posixSeconds) {
                try lines.fill(row)
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

        /// Sets one figure.
        mutating func fill(_ row: Row) throws {
            let figure: String = try row.decode("figure")
            let value: Double = try row.decode("value")
            try change(row) { line in
                switch figure {
                case "orders": line.done.orders = Int(value)
                case "received": line.done.received = Int(value)
                case "lost": line.done.lost = Int(value)
                case "on_time": line.done.onTime = Int(value)
                case "late": line.done.late = Int(value)
                case "overdue": line.done.overdue = Int(value)
                case "failed": line.done.failed = Int(value)
                case "occupied": line.done.occupied = CoreHours(value)
                case "busy": line.done.busy = CoreHours(value)
                case "stored": line.done.stored = Int(value)
                case "copies": line.done.copies = Int(value)
                case "planned_copies": line.planned.copies = Int(value)
                default: preconditionFailure("no figure \(figure)")
                }
            }
        }

        private mutating func change(_ row: Row, _ body: (inout Line) throws -> Void) throws {
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
