import Catalogue
import GroundSegment
import Markup
import Tables
import WebService

/// The VOTable of a cone search: the standard wants certain UCDs of version 1, `char` identifiers
/// (here `unicodeChar` where a column has text beyond ASCII) and errors as an INFO element, so that
/// it is written here.
struct ConeSearchDocument {
    let kind: ItemKind
    /// 1, 2 or 3: how many columns.
    let verbosity: Int
    let survey: SurveyOwnership
    /// Time of ownership.
    let instant: MJD
    /// The most rows; one more is told as an overflow.
    let limit: Int

    /// As section 2.2 has it; so is the version of VOTable.
    static let mediaType = "text/xml;content=x-votable"

    private struct Field {
        let name: String
        let ucd: String
        let unit: String
        let isReal: Bool
        let verbosity: Int
        let description: String

        init(
            _ name: String, _ ucd: String, unit: String = "", isReal: Bool = false,
            _ verbosity: Int, _ description: String
        ) {
            self.name = name
            self.ucd = ucd
            self.unit = unit
            self.isReal = isReal
            self.verbosity = verbosity
            self.description = description
        }

        /// The standard wants `char`, which holds ASCII alone (VOTable 1.4 section 2.1).
        func datatype(isWide: Bool) -> String {
            isReal
                ? "datatype=\"double\""
                : "datatype=\"\(isWide ? "unicodeChar" : "char")\" arraysize=\"*\""
        }
    }

    private static let fields = [
        Field("id", "ID_MAIN", 1, "Identifier within the survey."),
        Field("ra", "POS_EQ_RA_MAIN", unit: "deg", isReal: true, 1, "Centre, ICRS."),
        Field("dec", "POS_EQ_DEC_MAIN", unit: "deg", isReal: true, 1, "Centre, ICRS."),
        Field("primary", "meta.id", 2, "Primary SDC."),
        Field("secondary", "meta.id", 2, "Secondary SDC."),
        Field("separation", "pos.angDistance", unit: "deg", isReal: true, 2, "From the centre."),
        Field("coverage", "meta.code", 2, "How well it fits the asked time."),
        Field("valid_from", "time.start", 3, "From when on it holds, UTC."),
        Field("valid_until", "time.end", 3, "Until when, exclusive, UTC."),
        Field("plan", "meta.title", 3, "The distribution that assigns it."),
        Field("digest", "meta.checksum", 3, "SHA-256 of the distribution's content."),
    ]

    /// The document of the items that were found, with how far they are.
    func text(_ found: [(item: OwnedItem, separation: Double)]) -> String {
        let shown = Self.fields.indices.filter { Self.fields[$0].verbosity <= verbosity }
        var isWide = [Bool](repeating: false, count: Self.fields.count)
        let rows = found.prefix(limit).compactMap { item, separation -> String? in
            guard let owner = survey.owner(of: item, at: instant) else { return nil }
            let values = values(item, separation, owner)
            let cells = shown.map { index -> String in
                let value = values[index]
                isWide[index] = isWide[index] || value.utf8.contains { $0 >= 0x80 }
                return "<TD>\(value.escapedForHTML)</TD>"
            }
            return "<TR>" + cells.joined() + "</TR>\n"
        }
        let fields = shown.map { index in
            let field = Self.fields[index]
            let type = field.datatype(isWide: isWide[index])
            let unit = field.unit.isEmpty ? "" : " unit=\"\(field.unit)\""
            return "<FIELD name=\"\(field.name)\" ucd=\"\(field.ucd)\" \(type)\(unit)>"
                + "<DESCRIPTION>\(field.description)</DESCRIPTION></FIELD>\n"
        }
        let status = found.count > limit ? "OVERFLOW" : "OK"
        return Self.document(
            "<INFO name=\"QUERY_STATUS\" value=\"\(status)\"/>\n"
                + "<TABLE name=\"\(kind.rawValue)s\">\n" + fields.joined()
                + "<DATA>\n<TABLEDATA>\n" + rows.joined() + "</TABLEDATA>\n</DATA>\n</TABLE>\n")
    }

    /// The document that tells an error (section 2.3): also of a wrong value or survey under
    /// status 200, by which clients read it.
    static let failure: @Sendable (Problem) -> FailureDocument = { problem in
        let message = problem.detail.escapedForHTML
        let isWrongValue = problem.status == .badRequest || problem.status == .notFound
        return FailureDocument(
            status: isWrongValue ? .ok : problem.status,
            text: document("<INFO name=\"Error\" value=\"\(message)\"/>\n"), mediaType: mediaType)
    }

    private static func document(_ content: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <VOTABLE version="1.1" xmlns="http://www.ivoa.net/xml/VOTable/v1.1">
        <DESCRIPTION>Published ownership.</DESCRIPTION>
        <RESOURCE type="results">
        \(content)</RESOURCE>
        </VOTABLE>

        """
    }

    private func values(_ item: OwnedItem, _ separation: Double, _ owner: Ownership) -> [String] {
        [
            item.id.text, "\(item.centre.ra)", "\(item.centre.dec)",
            owner.assignment.primary.text, owner.assignment.secondary.text, "\(separation)",
            "\(owner.coverage)", owner.validFrom.iso8601, owner.validUntil?.iso8601 ?? "",
            owner.plan.name, owner.plan.digest,
        ]
    }
}
