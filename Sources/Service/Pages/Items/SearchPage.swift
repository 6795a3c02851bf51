import WebService
import Catalogue
import GroundSegment
import Markup

/// Several things that a search found, or what to search for.
struct SearchPage {
    let text: String
    let found: [SearchResult.Found]
    let at: MJD?

    var page: Page {
        var page = Page(
            title: text.isEmpty ? "Search" : "\u{201C}\(text.prefix(80))\u{201D}", data: nil)
        if text.isEmpty {
            page.parts.append(
                Fragment(
                    "p",
                    .text(
                        "Expected the identifier of a tile, an observation or an SDC, or "
                            + PastedPosition.expectation + "; ICRS.")))
        } else {
            page.parts.append(Fragment("p", "Several are found:"))
        }
        page.parts.append(Fragment("ul", found.map { Fragment("li", link($0)) }))
        if found.isEmpty { page.parts.removeLast() }
        return page
    }

    private func link(_ found: SearchResult.Found) -> Fragment {
        switch found {
        case .item(let id, let survey):
            .link(PageAddress.item(id, survey, at: at), "\(id) of \(survey)")
        case .sdc(let id, let survey): .link(PageAddress.sdc(id, survey), "\(id) of \(survey)")
        case .position(_, let tile, let survey):
            .link(PageAddress.item(tile, survey, at: at), "\(tile) of \(survey)")
        }
    }
}
