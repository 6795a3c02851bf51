extension String {
    /// This text as content, or as an attribute in double quotes, of HTML and of SVG within it.
    public var escapedForHTML: String { escaped(for: .html) }

    /// This text as content or attribute of an XML document (XML 1.0 sections 2.4 and 3.3.3): white
    /// space other than blanks is written as references, which a parser leaves as they are.
    public var escapedForXML: String { escaped(for: .xml) }

    private enum Document {
        case html, xml
    }

    /// What no document can hold (XML 1.0 section 2.2) becomes U+FFFD.
    private func escaped(for document: Document) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'" where document == .html: result.append(contentsOf: "&#39;".unicodeScalars)
            case "\t", "\n", "\r":
                if document == .html {
                    result.append(scalar)
                } else {
                    result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
                }
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
