/// A page for people, complete without script.
public struct Page {
    /// What the page is about; its heading, too.
    public let title: String
    /// The address of the same as data; the page names it, and what asks for it.  `nil` where
    /// there is nothing of it.
    public let data: String?
    /// Parts in the page's order.
    public var parts: [Fragment]

    /// - Parameter data: the address of the same as JSON, which also gives CSV, ECSV and VOTable
    ///   with a parameter `format`.
    public init(title: String, data: String?, parts: [Fragment] = []) {
        self.title = title
        self.data = data
        self.parts = parts
    }

    public static let mediaType = "text/html; charset=utf-8"

    /// The document.
    public var text: String {
        "<!DOCTYPE html>" + Fragment("html", ["lang": "en"], [head, body]).html + "\n"
    }

    private var head: Fragment {
        var parts = [
            Fragment("meta", ["charset": "utf-8"]),
            Fragment(
                "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            Fragment("title", .text(title)),
            Fragment("link", ["rel": "stylesheet", "href": "/style.css"]),
        ]
        if let data {
            parts.append(
                Fragment(
                    "link", ["rel": "alternate", "type": "application/json", "href": data]))
        }
        return Fragment("head", parts)
    }

    private var body: Fragment {
        let home = Fragment("header", .link("/", "Distribution"))
        let main = Fragment("main", [Fragment("h1", .text(title))] + parts)
        return Fragment("body", [home, main] + (data.map { [Self.footer($0)] } ?? []))
    }

    private static func footer(_ data: String) -> Fragment {
        let separator = data.contains("?") ? "&" : "?"
        let others = ["csv", "ecsv", "votable"].flatMap { format -> [Fragment] in
            [.text(" "), .link("\(data)\(separator)format=\(format)", format)]
        }
        return Fragment(
            "footer",
            [.text("As data: "), .link(data, "json")] + others
                + [.text(". The call: "), Fragment("code", .text("GET \(data)"))])
    }

    /// The one style sheet of all pages.
    public static let style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #1a2433; margin: 0; }
        header, footer { background: #eef2f7; padding: .6rem 1.5rem; }
        main { padding: .5rem 1.5rem 2rem; max-width: 72rem; }
        h1 { font-size: 1.5rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; margin: .5rem 0; }
        th, td { text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid #d5dce6; }
        td { font-variant-numeric: tabular-nums; vertical-align: top; }
        .wide { overflow-x: auto; }
        .short, .number { white-space: nowrap; }
        .number { text-align: right; }
        .long { min-width: 12rem; }
        code { background: #fff; padding: .1rem .3rem; overflow-wrap: anywhere; }
        p.remark { background: #fff4d6; padding: .5rem .8rem; }
        form { display: flex; gap: .6rem; flex-wrap: wrap; align-items: end; }
        label { display: grid; }
        meter { width: 8rem; }

        """
}
