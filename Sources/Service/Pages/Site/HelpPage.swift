import Markup

/// How programs ask the service, by examples that can be copied.
struct HelpPage {
    /// `nil` where nothing is published.
    let examples: HelpExamples?

    var page: Page {
        var page = Page(title: "Help", data: nil)
        page.parts = [Self.search, Self.data]
        guard let examples else {
            page.parts.append(.remark("Nothing is published yet, so there are no examples."))
            return page
        }
        for (program, title) in [
            ("curl", "curl"), ("pyvo", "Python: pyvo and astropy"),
            ("topcat", "TOPCAT and STILTS"), ("aladin", "Aladin"),
        ] {
            page.parts.append(.heading(title))
            for example in examples.all where example.program == program {
                page.parts.append(Fragment("h3", .text(example.title)))
                page.parts.append(
                    Fragment(
                        "pre",
                        ["tabindex": "0", "role": "region", "aria-label": example.title],
                        Fragment("code", ["class": example.program], .text(example.text))))
            }
        }
        return page
    }

    private static var search: Fragment {
        Fragment(
            "p",
            .text(
                "The search box takes the identifier of a tile, an observation or an SDC, or "
                    + PastedPosition.expectation
                    + "; ICRS. With a date it answers who owns it then; "
                    + "without one, now. All times are UTC."))
    }

    private static let twins =
        "Every page has a twin as data, named at its foot, in JSON, CSV, ECSV and VOTable. Lists "
        + "are whole; with a limit they say how many rows there are in all (X-Total-Count) and "
        + "where the next ones are (Link; in VOTable OVERFLOW, as DALI has it). Answers can be "
        + "read by pages of other sites (CORS). "

    private static var data: Fragment {
        Fragment(
            "p",
            [
                .text(twins), .link("/openapi.json", "The interface as OpenAPI"),
                .text(" describes every address and parameter."),
            ])
    }
}
