import Execution
import WebService

/// Which runs a list is to have.
struct RunSelection: Sendable {
    static let size = 50
    static let parameters = [
        Parameter.query(
            "state", .choice(RunState.allCases.map(\.rawValue)), "Only those in this state."),
        .query("pipeline", .text, "Only those of this pipeline."),
        .query("campaign", .text, "Only those of this campaign."),
        .query("text", .text, "Only those whose identifier or order has this in it."),
        .query("offset", .integer(0...1_000_000), "How many are passed over (default: 0)."),
    ]

    /// A part of the list, with how many there are in all.
    struct Listed: Encodable {
        let runs: [RunRow]
        let total: Int
        /// By state, of all.
        let states: [String: Int]
    }

    let state: String?
    let pipeline: String?
    let campaign: String?
    let text: String?
    let offset: Int

    init(_ request: RouteRequest<ServedRunner>) {
        state = request.text("state")
        pipeline = request.text("pipeline")
        campaign = request.text("campaign")
        text = request.text("text")
        offset = request.integer("offset") ?? 0
    }

    private func admits(_ row: RunRow) -> Bool {
        if let state, state != row.state { return false }
        if let pipeline, pipeline != row.pipeline { return false }
        if let campaign, campaign != row.campaign { return false }
        guard let text else { return true }
        return row.run.contains(text) || row.originId.contains(text)
    }

    func listed(_ page: RunBookPage) -> Listed {
        let rows = page.entries.map(\.row).filter(admits)
        return Listed(
            runs: Array(rows.dropFirst(offset).prefix(Self.size)), total: rows.count,
            states: page.states)
    }
}

/// Which payloads a list is to have.
struct JobSelection: Sendable {
    static let parameters = [
        Parameter.query(
            "state", .choice(PayloadState.allCases.map(\.rawValue)), "Only those in this state."),
        .query("run", .text, "Only those of this run."),
        .query("pipeline", .text, "Only those of runs of this pipeline."),
        .query("text", .text, "Only those whose path has this in it."),
        .query(
            "label", .text, "Only those of this node, whatever the iteration, as correct.flat."),
        .query("pilot", .text, "Only those whose last attempt was given to this pilot."),
        .query("ended", .choice(["yes", "no"]), "Those of runs that are over, too (default: no)."),
        .query("offset", .integer(0...10_000_000), "How many are passed over (default: 0)."),
    ]

    let query: JobQuery

    init(_ request: RouteRequest<ServedRunner>) {
        var query = JobQuery()
        query.states = Set(request.text("state").flatMap(PayloadState.init).map { [$0] } ?? [])
        query.run = request.text("run")
        query.pipeline = request.text("pipeline")
        query.text = request.text("text")
        query.label = request.text("label")
        query.pilot = request.text("pilot")
        query.isWithEnded = request.text("ended") == "yes"
        query.offset = request.integer("offset") ?? 0
        self.query = query
    }
}
