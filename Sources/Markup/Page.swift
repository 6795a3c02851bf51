/// A page for people, complete without script.
public struct Page {
    /// What the page is about; its heading, too.
    public let title: String
    /// The address of the same as data; the page names it, and what asks for it.  `nil` where
    /// there is nothing of it.
    public let data: String?
    /// Parts in the page's order.
    public var parts: [Fragment]
    /// What stands at the head of a page that is no file, behind the way to the start.
    public var navigation: Fragment = []
    /// What the way to the start is called.
    public var home = "Distribution"
    /// Whether the data have other forms than JSON.
    public var isTable = true
    private let isFile: Bool

    /// - Parameter data: the address of the same as JSON, which also gives CSV, ECSV and VOTable
    ///   with a parameter `format`.
    public init(title: String, data: String?, parts: [Fragment] = []) {
        self.title = title
        self.data = data
        self.parts = parts
        isFile = false
    }

    /// A page that is a file of its own: its style is in it, and it leads nowhere else.
    public init(file title: String, parts: [Fragment]) {
        self.title = title
        data = nil
        self.parts = parts
        isFile = true
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
            Fragment("meta", ["name": "color-scheme", "content": "light dark"]),
            Fragment("title", .text(title)),
            isFile
                ? .stylesheet(Stylesheet.css)
                : Fragment("link", ["rel": "stylesheet", "href": "/style.css"]),
        ]
        if let data {
            parts.append(
                Fragment(
                    "link", ["rel": "alternate", "type": "application/json", "href": data]))
        }
        return Fragment("head", parts)
    }

    private var body: Fragment {
        let home = isFile ? [] : Fragment("header", [.link("/", home), navigation])
        let main = Fragment("main", [Fragment("h1", .text(title))] + parts)
        return Fragment("body", [home, main] + (data.map { [footer($0)] } ?? []))
    }

    private func footer(_ data: String) -> Fragment {
        let separator = data.contains("?") ? "&" : "?"
        let others = (isTable ? ["csv", "ecsv", "votable"] : []).flatMap { format -> [Fragment] in
            [.text(" "), .link("\(data)\(separator)format=\(format)", format)]
        }
        return Fragment(
            "footer",
            [.text("As data: "), .link(data, "json")] + others
                + [.text(". The call: "), Fragment("code", .text("GET \(data)"))])
    }
}
