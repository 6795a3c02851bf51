import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

/// How an ownership is written: the columns and their values.
enum OwnerTable {
    static let columns: [Column] = [
        .survey, .itemKind, .itemID, .primary, .secondary, .coverage, .validFrom, .validUntil,
        .plan, .revision, .digest, .publishedAt, .author, .comment, .approver,
    ]

    static func row(_ owner: Ownership) -> [TableValue] {
        [
            .text(owner.survey.text), .text(owner.item.kind.rawValue), .text(owner.item.text),
            .text(owner.assignment.primary.text), .text(owner.assignment.secondary.text),
            .text("\(owner.coverage)"), .date(owner.validFrom), .date(owner.validUntil),
            .text(owner.plan.name), .integer(owner.plan.revision), .text(owner.plan.digest),
            .instant(owner.plan.publishedAt), .text(owner.plan.author), .text(owner.plan.comment),
            .text(owner.plan.approval?.approver),
        ]
    }

    /// As `columns`, with the places of the data.
    static let recordColumns = columns + [.dataAt]

    /// One ownership, and where the data are where that is not known from it.
    static func record(_ owner: Ownership, dataAt places: [ID<SDC>]?) -> AnswerTable {
        let text = places?.map(\.text).joined(separator: ", ")
        return AnswerTable(
            name: "owner", description: "Published ownership.", columns: recordColumns,
            rows: [row(owner) + [.text(text)]])
    }
}

extension Column {
    static let dataAt = Column(
        "data_at", ucd: "meta.id",
        description: "the SDCs that hold the data so far, separated by commas, where those are "
            + "others than the owners; missing where the owners hold them or nothing was made")
    static let approver = Column("approver", ucd: "meta.id", description: "who approved the plan")
    static let coverage = Column(
        "coverage", ucd: "meta.code",
        description: "covered: it holds at the asked time; newestPlan: no plan covers that time, "
            + "this is the newest; dropped: the plans in force no longer have the item")
}

extension TableValue {
    /// An instant as ISO 8601 in UTC.
    static func date(_ instant: MJD?) -> TableValue {
        instant.map { .text($0.iso8601) } ?? .missing
    }

    /// An instant to the microsecond, for what was written down when it happened.
    static func instant(_ instant: MJD?) -> TableValue {
        instant.map { .text($0.exactISO8601) } ?? .missing
    }

    static func text(_ text: String?) -> TableValue {
        text.map { TableValue.text($0) } ?? .missing
    }
}
