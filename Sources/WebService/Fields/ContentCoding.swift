import Tables

/// How the bytes of an answer are coded (RFC 9110 section 8.4.1).
enum ContentCoding: Sendable {
    case identity, gzip

    /// The coding for what a client takes and for a kind of content: gzip for text that is not sent
    /// as it happens.
    init(accept field: String?, mediaType: String) {
        self = Self.isText(mediaType) && Self.takesGzip(field) ? .gzip : .identity
    }

    /// Shorter ones are not worth it.
    static let leastBytes = 1024

    /// The bytes in this coding, and whether they are in it: short ones, and those for which
    /// there is no memory, stay as they are.
    func coded(_ bytes: [UInt8]) -> (bytes: [UInt8], isCoded: Bool) {
        guard self == .gzip, bytes.count >= Self.leastBytes, let stream = GzipStream() else {
            return (bytes, false)
        }
        return (stream.compress(bytes, isLast: true), true)
    }

    /// Whether an `Accept-Encoding` field names gzip, or everything, with a quality above 0.
    private static func takesGzip(_ field: String?) -> Bool {
        var others = false
        for element in HeaderList.elements(field ?? "").prefix(64) {
            let parts = HeaderList.parts(element, separator: ";")
            let isTaken = parts.dropFirst().allSatisfy { part in
                let pair = part.lowercased().split(separator: "=", maxSplits: 1)
                guard pair.count == 2, pair[0] == "q" else { return true }
                return FormValue.plainNumber(pair[1]).map { $0 > 0 } ?? false
            }
            switch parts[0].lowercased() {
            case "gzip", "x-gzip": return isTaken
            case "*": others = isTaken
            default: continue
            }
        }
        return others
    }

    private static func isText(_ mediaType: String) -> Bool {
        let essence = mediaType.prefix { $0 != ";" }
        guard essence != ServerSentEvents.mediaType else { return false }
        return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence.hasSuffix("xml")
            || essence.hasSuffix("ecsv")
    }
}
