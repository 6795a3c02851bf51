import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

extension Backend {
    /// Plan against actual.
    var actualRoutes: [Route] {
        [
            Route(
                "/v1/actual",
                "What was planned for each SDC in each bucket, and what was done: observations "
                    + "received, orders on time and late, core-hours, bytes, copies.",
                [.survey], result: .table(ActualTable.columns),
                problems: [503: Self.needsDatabase]
            ) { request in
                let progress = try await actual(request).progress
                return Answer(
                    content: .table(
                        AnswerTable(
                            name: "actual", description: "Plan against actual by SDC and bucket.",
                            columns: ActualTable.columns,
                            rows: progress.lines.map { ActualTable.row($0, progress.survey) })),
                    caching: .never)
            }
        ]
    }

    /// Of the survey that a request names, or of the only one; what takes long to count may be
    /// some seconds old.
    func actual(_ request: RouteRequest) async throws -> ActualShelf.Count {
        let survey = try request.survey().survey
        let clock = now()
        return try await counts.count(survey, version: request.state.version) {
            try await sessions.with { connection in
                ActualShelf.Count(
                    progress: try await PlanProgress.read(
                        connection, survey: survey, clock: clock), at: clock)
            }
        }
    }
}

/// Plan against actual, by SDC and bucket.
enum ActualTable {
    static let columns: [Column] = [
        .survey, .sdc,
        Column("starts", ucd: "time.start", description: "start of the bucket, UTC"),
        Column("ends", ucd: "time.end", description: "end of the bucket, UTC"),
        count("planned_observations", "observations that arrive at the SDC as their primary"),
        count("planned_tiles", "tiles that become ready at the SDC as their primary"),
        Column(
            "planned_work", unit: "h", ucd: "time.duration",
            description: "core-hours of these", type: .real),
        Column(
            "capacity", unit: "h", ucd: "time.duration",
            description: "core-hours that the SDC can do, maintenance taken off", type: .real),
        Column(
            "planned_volume", unit: "TB", ucd: "phys.size",
            description: "new data, both replicas counted", type: .real),
        count("planned_copies", "observations to be copied to the SDC for its tiles"),
        count("orders", "orders of the SDC that were not withdrawn"),
        count("received", "observations whose data came"),
        count("lost", "observations whose data never will come"),
        count("on_time", "orders that completed within the bucket"),
        count("late", "orders that completed after it"),
        count("overdue", "orders that have not completed though it is over"),
        count("failed", "orders that failed or were stopped"),
        Column(
            "occupied", unit: "h", ucd: "time.duration",
            description: "core-hours of the steps' cores, failed attempts too", type: .real),
        Column(
            "busy", unit: "h", ucd: "time.duration",
            description: "processor time of these", type: .real),
        count("stored_bytes", "bytes that the SDC holds for good"),
        count("copies", "observations that were copied to the SDC for its tiles"),
    ]

    private static func count(_ name: String, _ description: String) -> Column {
        Column(name, ucd: "meta.number", description: description, type: .integer)
    }

    static func row(_ line: PlanProgress.Line, _ survey: ID<SurveyPlan>) -> [TableValue] {
        let (planned, done) = (line.planned, line.done)
        return [
            .text(survey.text), .text(line.sdc.text), .date(line.period.start),
            .date(line.period.end), .integer(planned.observations), .integer(planned.tiles),
            .real(planned.work.value), .real(planned.capacity.value),
            .real(planned.volume.value), .integer(planned.copies), .integer(done.orders),
            .integer(done.received), .integer(done.lost), .integer(done.onTime),
            .integer(done.late), .integer(done.overdue), .integer(done.failed),
            .real(done.occupied.value), .real(done.busy.value), .integer(done.stored),
            .integer(done.copies),
        ]
    }
}
