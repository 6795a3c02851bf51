/// A piece of an HTML document, with inline SVG.
///
/// Text and attribute values are escaped when it is written, here and nowhere else; whoever
/// builds a piece passes plain text.
public struct Fragment: ExpressibleByStringInterpolation, ExpressibleByArrayLiteral {
    private indirect enum Content {
        case text(String)
        case group([Fragment])
        case element(String, [(name: String, value: String)], [Fragment])
        case stylesheet(String)
        case script(String)
        case written(Written)
    }

    /// A piece as it was written once, to be kept and used again.
    public struct Written: Sendable {
        fileprivate let html: String
    }

    private let content: Content

    /// An element; an empty attribute value stands for the bare attribute, as in `checked`.
    public init(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Fragment]
    ) {
        content = .element(name, attributes.map { (name: $0.key, value: $0.value) }, children)
    }

    /// An element with one child or none.
    public init(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ child: Fragment = []
    ) {
        self.init(name, attributes, [child])
    }

    /// An element without attributes.
    public init(_ name: String, _ children: [Fragment]) {
        self.init(name, [:], children)
    }

    /// An element without attributes, with one child.
    public init(_ name: String, _ child: Fragment) {
        self.init(name, [:], [child])
    }

    private init(_ content: Content) {
        self.content = content
    }

    /// A piece that was written before.
    public init(_ written: Written) {
        content = .written(written)
    }

    public init(stringLiteral text: String) {
        content = .text(text)
    }

    public init(arrayLiteral elements: Fragment...) {
        content = .group(elements)
    }

    public static func text(_ text: String) -> Fragment { Fragment(.text(text)) }
    public static func group(_ pieces: [Fragment]) -> Fragment { Fragment(.group(pieces)) }
    /// A style element with CSS of our own, which is not escaped.
    public static func stylesheet(_ css: String) -> Fragment { Fragment(.stylesheet(css)) }

    /// A script element with a script of our own, which is not escaped.
    ///
    /// - Precondition: nothing in it ends the element or begins a comment (HTML, 4.12.1.3).
    public static func script(_ source: String) -> Fragment {
        let text = source.lowercased()
        precondition(
            !text.contains("</script") && !text.contains("<script") && !text.contains("<!--"),
            "a script that would end its element")
        return Fragment(.script(source))
    }

    /// The piece as text of an HTML document.
    public var html: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// The piece as it is written.
    public var written: Written { Written(html: html) }

    /// Elements of HTML that have no end tag.
    private static let void: Set = ["meta", "link", "input", "br"]
    /// Elements of SVG that are closed at once where they hold nothing.
    private static let shapes: Set = ["path", "rect", "line", "ellipse"]
    /// Elements that stay in their line.
    private static let inline: Set = ["a", "abbr", "b", "code", "small", "span", "td", "th"]

    private func write(to html: inout String) {
        switch content {
        case .text(let text): html += text.escapedForHTML
        case .group(let pieces): for piece in pieces { piece.write(to: &html) }
        case .stylesheet(let css): html += "\n<style>\n\(css)</style>"
        case .script(let source): html += "\n<script>\n\(source)</script>"
        case .written(let piece): html += piece.html
        case .element(let name, let attributes, let children):
            if !Self.inline.contains(name) { html += "\n" }
            html += "<" + name
            for attribute in attributes {
                html += " " + attribute.name
                if !attribute.value.isEmpty { html += "=\"\(attribute.value.escapedForHTML)\"" }
            }
            if Self.void.contains(name) {
                html += ">"
            } else if Self.shapes.contains(name), children.allSatisfy(\.isEmpty) {
                html += "/>"
            } else {
                html += ">"
                for child in children { child.write(to: &html) }
                html += "</\(name)>"
            }
        }
    }

    private var isEmpty: Bool {
        switch content {
        case .text(let text): text.isEmpty
        case .group(let pieces): pieces.allSatisfy(\.isEmpty)
        case .written(let piece): piece.html.isEmpty
        case .element, .stylesheet, .script: false
        }
    }
}
