/// A piece of HTML with inline SVG.
///
/// Text and attribute values are escaped when it is written, here and nowhere else; whoever
/// builds a piece passes plain text.
struct Markup: ExpressibleByStringInterpolation, ExpressibleByArrayLiteral {
    private indirect enum Content {
        case text(String)
        case group([Markup])
        case element(String, [(name: String, value: String)], [Markup])
        case stylesheet(String)
    }

    private let content: Content

    /// An element; an empty attribute value stands for the bare attribute, as in `checked`.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup]) {
        content = .element(name, attributes.map { (name: $0.key, value: $0.value) }, children)
    }

    /// An element with one child or none.
    init(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ child: Markup = []
    ) {
        self.init(name, attributes, [child])
    }

    /// An element without attributes.
    init(_ name: String, _ children: [Markup]) {
        self.init(name, [:], children)
    }

    /// An element without attributes, with one child.
    init(_ name: String, _ child: Markup) {
        self.init(name, [:], [child])
    }

    private init(_ content: Content) {
        self.content = content
    }

    init(stringLiteral text: String) {
        content = .text(text)
    }

    init(arrayLiteral elements: Markup...) {
        content = .group(elements)
    }

    static func text(_ text: String) -> Markup { Markup(.text(text)) }
    static func group(_ pieces: [Markup]) -> Markup { Markup(.group(pieces)) }
    /// A style element with CSS of our own, which is not escaped.
    static func stylesheet(_ css: String) -> Markup { Markup(.stylesheet(css)) }

    /// The piece as text of an HTML document.
    var html: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// Elements of HTML that have no end tag.
    private static let void: Set = ["meta", "input", "br"]
    /// Elements of SVG that are closed at once where they hold nothing.
    private static let shapes: Set = ["path", "rect", "line", "ellipse"]
    /// Elements that stay in their line.
    private static let inline: Set = ["a", "abbr", "b", "code", "small", "span", "td", "th"]

    private func write(to html: inout String) {
        switch content {
        case .text(let text): html += Self.escaped(text)
        case .group(let pieces): for piece in pieces { piece.write(to: &html) }
        case .stylesheet(let css): html += "\n<style>\n\(css)</style>"
        case .element(let name, let attributes, let children):
            if !Self.inline.contains(name) { html += "\n" }
            html += "<" + name
            for attribute in attributes {
                html += " " + attribute.name
                if !attribute.value.isEmpty { html += "=\"\(Self.escaped(attribute.value))\"" }
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
        case .element, .stylesheet: false
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
