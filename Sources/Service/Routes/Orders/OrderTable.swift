import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

/// Orders one by one.
enum OrderTable {
    static let columns: [Column] = [
        Column("order", ucd: "meta.id", description: "identifier of the order"),
        .survey, .itemKind, .itemID,
        Column("pipeline", ucd: "meta.software", description: "what it runs"),
        Column("software_release", ucd: "meta.version", description: "of the pipeline"),
        .sdc,
        Column("replica_at", ucd: "meta.id", description: "the SDC that gets a replica"),
        Column(
            "reassigned", ucd: "meta.code",
            description: "whether it was moved to the SDC that it was to be replicated to",
            type: .boolean),
        Column("state", ucd: "meta.code.status", description: "ALLOCATED, EXECUTING and so on"),
        Column("release", ucd: "time.start", description: "from when on it may run, UTC"),
        Column("week", ucd: "time.start", description: "the Monday of the week of release"),
        Column("priority", ucd: "meta.number", description: "larger is earlier", type: .integer),
        Column("taken", ucd: "meta.number", description: "how often it was taken", type: .integer),
        Column("taken_at", ucd: "time.start", description: "when it was taken last, UTC"),
        Column(
            "late", ucd: "meta.code",
            description: "whether it is not ended though its week is over", type: .boolean),
        Column(
            "waits_for", ucd: "meta.code",
            description: "release, input, runner, outage or room; or executing, stopping, ended"),
        Column("reason", ucd: "meta.note", description: "why it is where it is"),
        Column("message", ucd: "meta.note", description: "what its last report says"),
    ]

    static func row(_ order: ListedOrder) -> [TableValue] {
        let entry = order.entry
        return [
            .text(entry.id.text), .text(entry.survey.text), .text(entry.item.kind.rawValue),
            .text(entry.item.text), .text(entry.pipeline), .text(entry.softwareRelease),
            .text(entry.sdc.text), .text(entry.replicaAt.text), .boolean(entry.isReassigned),
            .text(entry.state.rawValue),
            .date(entry.release), .text(order.week.date), .integer(entry.priority),
            .integer(entry.taken), .instant(entry.takenAt), .boolean(order.isLate),
            .text(order.reason.kind.rawValue), .text(order.reason.text),
            entry.message.isEmpty ? .missing : .text(entry.message),
        ]
    }

    /// A place in the listing as it stands in an address.
    static func cursor(_ place: OrderListing.Place) -> String {
        "\(place.rank)/\(place.release)/\(place.key)"
    }

    static func place(_ cursor: String) throws(Problem) -> OrderListing.Place {
        let parts = cursor.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let rank = Int32(parts[0]),
            let release = FormValue.plainNumber(parts[1]), let key = Int(parts[2])
        else { throw .notFound("no such place among the orders; take after from a Link header") }
        return OrderListing.Place(rank: Int(rank), release: release, key: key)
    }
}

/// Orders by SDC, state and pipeline.
enum OrderCountTable {
    static let columns: [Column] = [
        .sdc, Column("state", ucd: "meta.code.status", description: "of the orders"),
        Column("pipeline", ucd: "meta.software", description: "what they run"),
        Column("orders", ucd: "meta.number", description: "how many there are", type: .integer),
        Column(
            "late", ucd: "meta.number",
            description: "those that are not ended though their week is over", type: .integer),
    ]

    static func table(_ counts: [OrderCount]) -> AnswerTable {
        AnswerTable(
            name: "order_counts", description: "Processing orders by SDC, state and pipeline.",
            columns: columns,
            rows: counts.map {
                [
                    .text($0.sdc.text), .text($0.state.rawValue), .text($0.pipeline),
                    .integer($0.orders), .integer($0.late),
                ]
            })
    }
}

/// Orders by SDC and week.
enum ProgressTable {
    static let columns: [Column] =
        [
            .survey, .sdc,
            Column("week", ucd: "time.start", description: "the Monday of the week of release"),
        ]
        + OrderState.allCases.map { state in
            Column(
                state.rawValue.lowercased(), ucd: "meta.number",
                description: "orders in the state \(state.rawValue)", type: .integer)
        } + [
            Column(
                "late", ucd: "meta.number",
                description: "orders that are not ended though their week is over", type: .integer)
        ]

    static func row(_ line: OrderProgress) -> [TableValue] {
        [.text(line.survey.text), .text(line.sdc.text), .text(line.week.date)]
            + OrderState.allCases.map { .integer(line.orders[$0] ?? 0) } + [.integer(line.late)]
    }
}
