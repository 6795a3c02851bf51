/// Paths of this machine as URIs and back (RFC 8089).
enum FileLocation {
    /// `file:///data/a%20file`
    static func uri(ofPath path: String) -> String {
        var text = "file://"
        for byte in path.utf8 {
            if isPlain(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += byte < 16 ? "%0" : "%"
                text += String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    /// The path that a URI names; `nil` where it is none of a file of this machine.
    static func path(ofURI uri: String) -> String? {
        guard uri.hasPrefix("file://") else { return nil }
        let rest = uri.dropFirst(7)
        guard let start = rest.firstIndex(of: "/") else { return nil }
        guard ["", "localhost"].contains(rest[..<start]) else { return nil }
        return decoded(rest[start...])
    }

    /// The path that a URI reference in a file names.
    ///
    /// - Parameter folder: that of the file.
    /// - Returns: `nil` where it names nothing of this machine.
    static func path(ofReference reference: String, in folder: String) -> String? {
        if let scheme = scheme(of: reference) {
            guard scheme == "file" else { return nil }
            return path(ofURI: reference)
        }
        return absolute(decoded(reference[...]), in: folder)
    }

    /// The scheme of a URI (RFC 3986, section 3.1) with an authority, or `_`, that of blank nodes.
    static func scheme(of uri: String) -> String? {
        if uri.hasPrefix("_:") { return "_" }
        guard let end = uri.range(of: "://") else { return nil }
        let scheme = uri[..<end.lowerBound]
        guard let first = scheme.first, first.isASCII, first.isLetter else { return nil }
        guard
            scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0)) })
        else { return nil }
        return scheme.lowercased()
    }

    /// A path from the root, without `.`, `..` and doubled slashes.
    static func absolute(_ path: String, in folder: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") {
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The last part of a path.
    static func name(ofPath path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? "/"
    }

    /// The folder of a path.
    static func folder(ofPath path: String) -> String {
        let parts = path.split(separator: "/").dropLast()
        return "/" + parts.joined(separator: "/")
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? String(text)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "/-._~".utf8.contains(byte)
        }
    }
}
