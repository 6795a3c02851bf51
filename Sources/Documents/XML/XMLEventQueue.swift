import CXML

/// What libxml2 has found in the bytes that it was given and nobody has asked for yet.
///
/// One block of the document is parsed at a time, so that the queue is small; its arrays are used
/// again for each block.
final class XMLEventQueue {
    enum Kind: UInt8 {
        case start, end, text
    }

    /// An event: its place in the document, and where its parts lie in the queue's arrays.
    struct Entry {
        let kind: Kind
        let name: Int32
        let line: Int32
        let column: Int32
        /// Of `bytes` where the event is a text, of `attributes` where it is a start.
        let range: Range<Int>
    }

    struct Attribute {
        let name: Int32
        let range: Range<Int>
    }

    /// More bytes than these out of one block are an expansion that nobody wants.
    static let mostBytes = 1 << 24

    private(set) var entries: [Entry] = []
    private(set) var attributes: [Attribute] = []
    private(set) var bytes: [UInt8] = []
    /// The first fault; nothing follows it.
    private(set) var fault: XMLError?
    /// Local names by their number.
    private(set) var names: [String] = []
    /// libxml2 keeps one copy of each name, by whose address it is known.
    private var numbers: [UnsafePointer<xmlChar>: Int32] = [:]
    private var numbersByText: [String: Int32] = [:]
    /// The parser, which lives as long as the stream that owns both.
    var parser: xmlParserCtxtPtr?

    /// Forgets what was taken.
    func removeAll() {
        entries.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    private var place: (line: Int32, column: Int32) {
        guard let input = parser?.pointee.input else { return (1, 0) }
        return (input.pointee.line, input.pointee.col)
    }

    /// Ends the document with a fault; only the first one counts.
    func refuse(_ found: String, taken: String? = nil) {
        let place = place
        refuse(
            XMLError(
                line: Int(place.line), column: Int(place.column), found: found, taken: taken))
    }

    func refuse(_ fault: XMLError) {
        guard self.fault == nil else { return }
        self.fault = fault
        if let parser { xmlStopParser(parser) }
    }

    // MARK: Events

    func start(
        _ name: UnsafePointer<xmlChar>, count: Int,
        _ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        let first = attributes.count
        for place in 0..<max(count, 0) {
            // Local name, prefix, URI, begin and end of the value (SAX2, startElementNs).
            guard let values, let name = values[5 * place], let begin = values[5 * place + 3],
                let end = values[5 * place + 4]
            else { continue }
            let lower = bytes.count
            bytes.append(contentsOf: UnsafeBufferPointer(start: begin, count: end - begin))
            attributes.append(Attribute(name: number(name), range: lower..<bytes.count))
        }
        append(.start, number(name), first..<attributes.count)
    }

    func end(_ name: UnsafePointer<xmlChar>) {
        append(.end, number(name), 0..<0)
    }

    func text(_ start: UnsafePointer<xmlChar>, count: Int) {
        guard count > 0 else { return }
        let lower = bytes.count
        bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
        append(.text, -1, lower..<bytes.count)
    }

    private func append(_ kind: Kind, _ name: Int32, _ range: Range<Int>) {
        guard fault == nil else { return }
        let place = place
        entries.append(
            Entry(kind: kind, name: name, line: place.line, column: place.column, range: range))
        if bytes.count > Self.mostBytes || entries.count > Self.mostBytes / 16 {
            refuse(
                "entities that expand to more than \(Self.mostBytes) bytes",
                taken: "text of a usual size")
        }
    }

    /// The number of a name.
    private func number(_ name: UnsafePointer<xmlChar>) -> Int32 {
        if let known = numbers[name] { return known }
        let text = String(cString: name)
        let number = numbersByText[text] ?? Int32(names.count)
        if number == names.count { names.append(text) }
        numbers[name] = number
        numbersByText[text] = number
        return number
    }
}
