import Markup

/// The head of every page: the search box with its date, and the ways to the lists.
struct SiteHeader {
    /// What was searched for; empty where nothing was.
    var text = ""
    /// The date that was asked for; empty where none was.
    var date = ""

    var fragment: Fragment { [search, ways] }

    /// Works without script.
    private var search: Fragment {
        Fragment(
            "form", ["action": "/search", "role": "search", "class": "search"],
            [
                Fragment(
                    "label",
                    [
                        "Tile, observation, SDC or position",
                        Fragment(
                            "input",
                            [
                                "name": "q", "type": "search", "value": text, "maxlength": "120",
                                "placeholder": "28.29 -22.5",
                            ]),
                    ]),
                Fragment(
                    "label",
                    [
                        "At (UTC)",
                        Fragment(
                            "input",
                            ["name": "at", "type": "date", "value": String(date.prefix(10))]),
                    ]),
                Fragment("button", "Search"),
            ])
    }

    private var ways: Fragment {
        let ways = [
            ("/tiles", "Tiles"), ("/observations", "Observations"), ("/sdcs", "SDCs"),
            ("/distributions", "Distributions"), ("/changes", "Changes"), ("/map", "Map"),
            ("/progress", "Progress"), ("/orders", "Orders"), ("/campaigns", "Campaigns"),
            ("/help", "Help"),
        ]
        return Fragment(
            "nav", ["aria-label": "Pages"],
            [Fragment("ul", ways.map { Fragment("li", .link($0.0, $0.1)) })])
    }
}
