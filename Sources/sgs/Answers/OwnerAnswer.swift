import Catalogue
import Documents
import Foundation
import GroundSegment

/// How `sgs owner` prints an answer.
struct OwnerAnswer: Encodable {
    private let survey: String
    private let kind: String
    private let id: String
    private let primary: String
    private let secondary: String
    private let plan: String
    private let revision: Int
    private let digest: String
    private let validFrom: String
    private let validUntil: String?
    private let published: String
    private let author: String
    private let remark: String?
    /// The SDCs that hold the data, where that are others than the owners; `nil` elsewhere.
    private let dataAt: [String]?

    /// - Parameter held: the products that there are of the item.
    init(_ ownership: Ownership, at instant: MJD, held: [HeldProduct] = []) {
        survey = ownership.survey.text
        kind = ownership.item.kind.rawValue
        id = ownership.item.text
        primary = ownership.assignment.primary.text
        secondary = ownership.assignment.secondary.text
        plan = ownership.plan.name
        revision = ownership.plan.revision
        digest = ownership.plan.digest
        validFrom = ownership.validFrom.iso8601
        validUntil = ownership.validUntil?.iso8601
        published = ownership.plan.publishedAt.exactISO8601
        author = ownership.plan.author
        remark = ownership.remark(at: instant)
        dataAt = HeldProduct.places(of: held, besides: ownership.assignment)?.map(\.text)
    }

    private enum CodingKeys: String, CodingKey {
        case survey, kind, id, primary, secondary, plan, revision, digest, published, author, remark
        case validFrom = "valid_from"
        case validUntil = "valid_until"
        case dataAt = "data_at"
    }

    /// Aligned lines for people.
    var text: String {
        """
        item       \(kind) \(id) of \(survey)
        primary    \(primary)
        secondary  \(secondary)
        plan       \(plan), revision \(revision), digest \(digest)
        valid      from \(validFrom)\(validUntil.map { " until \($0)" } ?? "")
        published  \(published) by \(author)
        """ + (dataAt.map { "\ndata at    \($0.joined(separator: ", "))" } ?? "")
    }

    /// One object; what is absent is left out.
    var document: JSONValue {
        .fields([
            "survey": .text(survey), "kind": .text(kind), "id": .text(id),
            "primary": .text(primary), "secondary": .text(secondary), "plan": .text(plan),
            "revision": .integer(revision), "digest": .text(digest),
            "valid_from": .text(validFrom), "valid_until": validUntil.map { .text($0) },
            "published": .text(published), "author": .text(author),
            "remark": remark.map { .text($0) }, "data_at": dataAt.map { .list($0) },
        ])
    }

    /// One object with sorted keys; what is absent is left out.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
