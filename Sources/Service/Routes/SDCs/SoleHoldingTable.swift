import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

/// What only one SDC holds, by observation and tile.
enum SoleHoldingTable {
    static let columns: [Column] = [
        .survey, .itemKind, .itemID,
        Column(
            "products", ucd: "meta.number", description: "products that no other SDC holds",
            type: .integer),
        Column(
            "bytes", unit: "byte", ucd: "meta.number", description: "their size", type: .integer),
        Column(
            "needed_by", ucd: "meta.number",
            description: "orders that need it and are not completed", type: .integer),
        Column(
            "elsewhere", ucd: "meta.number", description: "those of them at other SDCs",
            type: .integer),
        Column("first_order", ucd: "meta.id", description: "the one that is released first"),
        Column("first_sdc", ucd: "meta.id", description: "where that runs"),
        Column("first_release", ucd: "time.start", description: "when it is released, UTC"),
    ]

    static func table(_ holdings: [SoleHolding]) -> AnswerTable {
        AnswerTable(
            name: "only_there", description: "What only one SDC holds.", columns: columns,
            rows: holdings.map { holding in
                [
                    .text(holding.survey.text), .text(holding.item.kind.rawValue),
                    .text(holding.item.text), .integer(holding.products),
                    .integer(holding.bytes), .integer(holding.dependents),
                    .integer(holding.elsewhere), .text(holding.first?.order.text),
                    .text(holding.first?.sdc.text), .date(holding.first?.release),
                ]
            })
    }
}
