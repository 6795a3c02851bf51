/// A page for people, complete without script.
struct Page {
    let title: String
    /// The address of the same as data; the page names it, and what asks for it.  `nil` where
    /// there is nothing of it.
    let data: String?
    /// Parts in the page's order.
    var parts: [Markup] = []

    static let mediaType = "text/html; charset=utf-8"

    /// The document.
    var text: String {
        let title = MarkupText.escaped(title)
        let data = data.map(MarkupText.escaped)
        let twin = data.map {
            "<link rel=\"alternate\" type=\"application/json\" href=\"\($0)\">\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <link rel="stylesheet" href="/style.css">
            \(twin ?? "")</head>
            <body>
            <header><a href="/">Distribution</a></header>
            <main>
            <h1>\(title)</h1>
            \(parts.map(\.html).joined(separator: "\n"))
            </main>
            \(data.map(Self.footer) ?? "")</body>
            </html>

            """
    }

    private static func footer(_ data: String) -> String {
        let separator = data.contains("?") ? "&amp;" : "?"
        let others = ["csv", "ecsv", "votable"].map {
            "<a href=\"\(data)\(separator)format=\($0)\">\($0)</a>"
        }.joined(separator: " ")
        return """
            <footer>As data: <a href="\(data)">json</a> \(others).
            The call: <code>GET \(data)</code></footer>

            """
    }

    /// The one style sheet of all pages.
    static let style = """
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
