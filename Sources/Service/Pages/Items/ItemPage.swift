import Catalogue
import GroundSegment
import Markup
import Reporting
import WebService

/// A tile or an observation: who owns it, and who did or will.
struct ItemPage {
    private let survey: SurveyOwnership
    private let item: OwnedItem
    private let owner: Ownership
    private let instant: MJD
    private let isAsked: Bool
    private let places: [ID<SDC>]?
    private let overlaps: [ItemOverlaps.Overlap]
    private let footprints: ItemFootprints
    private let stored: StoredItem?
    /// What was asked, where the item was found by a position.
    private let found: String?

    /// - Throws: `Problem` where nothing published has it.
    ///
    /// - Parameters:
    ///   - survey: the one that has it.
    ///   - stored: `nil` where the database cannot be reached.
    ///   - found: how it was found, where by a position.
    init(
        _ id: ItemID, of survey: SurveyOwnership, _ request: RouteRequest, now: MJD,
        stored: StoredItem?, found: String? = nil
    ) throws(Problem) {
        self.survey = survey
        self.stored = stored
        self.found = found
        instant = request.date("at") ?? now
        isAsked = request.date("at") != nil
        guard let item = survey.item(id), let owner = survey.owner(of: item, at: instant) else {
            throw .notFound("nothing published has this \(id.kind.rawValue)")
        }
        self.item = item
        self.owner = owner
        places = request.state.places(of: owner)
        overlaps = request.state.overlaps(of: id, in: survey)
        footprints = ItemFootprints(plans: request.state.plans(of: survey).map(\.plan))
    }

    var page: Page {
        let id = item.id
        let data = "/v1/\(id.kind.rawValue)s/\(PercentCoding.encoded(id.text))"
        let query = "?survey=" + PercentCoding.encoded(survey.survey.text)
        let at = isAsked ? "&at=" + PercentCoding.encoded(instant.iso8601) : ""
        var page = Page(
            title: "\(id.kind == .tile ? "Tile" : "Observation") \(id.text) of \(survey.survey)",
            data: data + "/owner" + query + at)
        if let found { page.parts.append(Fragment("p", .text(found))) }
        if let remark = owner.remark(at: instant) {
            page.parts.append(.remark(remark.prefix(1).uppercased() + remark.dropFirst() + "."))
        }
        page.parts.append(Fragment("div", ["class": "item"], [.facts(facts), drawing]))
        page.parts.append(.heading("By time of ownership"))
        page.parts.append(.table(["From", "Until", "Primary", "Secondary", "Revision"], holdings))
        page.parts.append(
            .links([.link(data + "/history" + query, "Everything ever published of it, as data")]))
        page.parts += others(data, query)
        page.parts += kept
        return page
    }

    private var facts: [(name: String, value: Fragment)] {
        let plan = owner.plan
        var facts: [(name: String, value: Fragment)] = [
            ("Primary", sdc(owner.assignment.primary)),
            ("Secondary", sdc(owner.assignment.secondary)),
            (
                "Centre",
                .text(
                    "RA \(NumberText.grouped(item.centre.ra, 5)), "
                        + "Dec \(NumberText.grouped(item.centre.dec, 5)) degrees, ICRS")
            ),
            (
                "Plan",
                .link(PageAddress.distribution(plan), "\(plan.name), revision \(plan.revision)")
            ),
            ("Published", .text("\(plan.publishedAt) by \(plan.author)")),
        ]
        if let places {
            facts.insert(
                ("Data at", .text(places.map(\.text).joined(separator: ", "))), at: 2)
        }
        if let approval = plan.approval {
            facts.append(
                (
                    "Approved",
                    .text("\(approval.instant) by \(approval.approver): \(approval.comment)")
                ))
        }
        if let window = item.window {
            facts.append(("Observed", .text("\(window.start) to \(window.end)")))
        }
        return facts
    }

    /// The item's outline with what lies around and on it.
    private var drawing: Fragment {
        SkyOutlines(
            centre: item.centre,
            title: "The outline of \(item.id) with what lies around it; north is up, east left",
            outlines: item.id.kind == .tile ? tileOutlines : observationOutlines
        ).fragment
    }

    private var neighbours: [OwnedItem] {
        item.id.kind == .tile ? survey.neighbours(of: item) : []
    }

    private var tileOutlines: [SkyOutlines.Outline] {
        let around = neighbours.map { outline($0, kind: "neighbour") }
        let own = outline(item, kind: "tile")
        let footprints = overlaps.compactMap { overlap -> SkyOutlines.Outline? in
            guard let footprint = self.footprints[overlap.observation] else { return nil }
            return SkyOutlines.Outline(
                corners: footprint.corners, title: "observation \(overlap.observation)", label: "",
                kind: "observation", address: nil)
        }
        return around + [own] + footprints
    }

    private var observationOutlines: [SkyOutlines.Outline] {
        let tiles = overlaps.compactMap { survey.item(.tile($0.tile)) }.map {
            outline($0, kind: "neighbour")
        }
        guard case .observation(let id) = item.id, let footprint = footprints[id] else {
            return tiles
        }
        return tiles + [
            SkyOutlines.Outline(
                corners: footprint.corners, title: "observation \(id)", label: "",
                kind: "observation itself", address: nil)
        ]
    }

    private func outline(_ tile: OwnedItem, kind: String) -> SkyOutlines.Outline {
        let owner = survey.owner(of: tile, at: instant).map { ", \($0.assignment.primary)" } ?? ""
        return SkyOutlines.Outline(
            corners: tile.core?.outline ?? [], title: "\(tile.id)\(owner)", label: tile.id.text,
            kind: kind, address: PageAddress.item(tile.id, survey.survey))
    }

    /// Neighbours and what overlaps the item.
    private func others(_ data: String, _ query: String) -> [Fragment] {
        var parts: [Fragment] = []
        if !neighbours.isEmpty {
            parts += [
                .heading("Neighbours"),
                .table(
                    ["Tile", "RA, deg", "Dec, deg", "Primary", "Secondary"],
                    neighbours.map { tile in [link(tile.id)] + place(tile.id) }),
            ]
        }
        guard !overlaps.isEmpty else { return parts }
        let isTile = item.id.kind == .tile
        return parts + [
            .heading(isTile ? "Observations on it" : "Tiles below it"),
            .table(
                [
                    isTile ? "Observation" : "Tile", "Covers", "RA, deg", "Dec, deg", "Primary",
                    "Secondary",
                    "Plan",
                ],
                overlaps.map { overlap in
                    let other = overlap.other(than: item.id)
                    let percent = NumberText.grouped(100 * overlap.fraction, 1) + "%"
                    return [link(other), .number(percent)] + place(other)
                        + [.text("\(overlap.plan), revision \(overlap.revision)")]
                }),
            .links([
                .link(data + (isTile ? "/observations" : "/tiles") + query, "The same as data")
            ]),
        ]
    }

    private func link(_ id: ItemID) -> Cell {
        .link(PageAddress.item(id, survey.survey, at: isAsked ? instant : nil), id.text)
    }

    /// Centre and owners of an item of the survey.
    private func place(_ id: ItemID) -> [Cell] {
        guard let item = survey.item(id) else { return [Cell](repeating: .text(""), count: 4) }
        let owner = survey.owner(of: item, at: instant)
        return [
            .degrees(item.centre.ra), .degrees(item.centre.dec),
            Cell(owner.map { sdc($0.assignment.primary) } ?? []),
            Cell(owner.map { sdc($0.assignment.secondary) } ?? []),
        ]
    }

    /// History, orders and products, which the database alone has.
    private var kept: [Fragment] {
        guard let stored else {
            return [
                .remark(
                    "The catalogue cannot be reached now: history, orders and products are missing."
                )
            ]
        }
        var parts: [Fragment] = [
            .heading("By time of knowledge"),
            .table(
                ["Published", "Until", "Primary", "Secondary", "From", "To", "Revision"],
                stored.history.map { record in
                    [
                        .text(record.knownFrom.iso8601),
                        .text(record.knownUntil?.iso8601 ?? "now"),
                        Cell(sdc(record.assignment.primary)),
                        Cell(sdc(record.assignment.secondary)),
                        .text(record.validFrom.iso8601),
                        .text(record.validUntil?.iso8601 ?? "open"),
                        .link(PageAddress.distribution(record.plan), "\(record.plan.revision)"),
                    ]
                }), .heading("Replicas"),
        ]
        if stored.products.isEmpty {
            parts.append(Fragment("p", "Nothing has been made of it yet."))
        } else {
            parts.append(
                .table(
                    ["Product", "Bytes", "Held by"],
                    stored.products.map { held in
                        [
                            .text(held.product.name), .count(held.product.bytes),
                            .text(held.sdcs.map(\.text).joined(separator: ", ")),
                        ]
                    }))
        }
        parts.append(.heading("Orders"))
        parts += OrderRows.parts(stored.orders, none: "No order is for it.")
        return parts
    }

    private var holdings: [[Cell]] {
        item.holdings.map { holding in
            [
                .text(holding.validFrom.iso8601), .text(holding.validUntil?.iso8601 ?? "open"),
                Cell(sdc(holding.assignment.primary)), Cell(sdc(holding.assignment.secondary)),
                .text("\(holding.revision)"),
            ]
        }
    }

    private func sdc(_ id: ID<SDC>) -> Fragment {
        .link(PageAddress.sdc(id, survey.survey), id.text)
    }
}
