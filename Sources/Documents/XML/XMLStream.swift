import CXML

/// An XML 1.0 document, read event by event in little memory by libxml2's SAX2 interface
/// (https://gnome.pages.gitlab.gnome.org/libxml2/devhelp/libxml2-parser.html).
///
/// Encodings are those that the document declares or begins with (UTF-8, UTF-16, Latin-1 and what
/// else the system's iconv knows).  Internal entities are put in, as XML 1.0 section 4.4.2 has it,
/// within libxml2's limits and `XMLEventQueue.mostBytes`; external ones are never loaded: a
/// reference to one is a fault.  No byte sequence does more than end the document with a fault.
///
/// ```swift
/// let stream = XMLStream { buffer in try file.read(into: buffer) }
/// while let event = try stream.next() {
///     if case .start(let name) = event, name.local == "Survey" { print(stream.line) }
/// }
/// ```
public final class XMLStream {
    /// What comes next in a document.  A text may come in several events, wherever entities,
    /// CDATA sections or comments cut it, and at any other place.
    public enum Event: Hashable, Sendable {
        case start(XMLName)
        case text
        case end(XMLName)
    }

    /// Gives the next bytes of a document, 0 at its end.
    public typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    private let source: Source
    private let queue = XMLEventQueue()
    private let parser: xmlParserCtxtPtr?
    private let block: UnsafeMutableRawBufferPointer
    private var position = 0
    private var current: XMLEventQueue.Entry?
    private var isAtEnd = false

    /// Starts at the first byte that `source` gives.
    public init(source: @escaping Source) {
        self.source = source
        block = .allocate(byteCount: 1 << 16, alignment: 16)
        parser = XMLHandlers.parser(for: queue)
        queue.parser = parser
    }

    /// Reads a document in memory.
    public convenience init(bytes: some Collection<UInt8>) {
        let whole = Array(bytes)
        var taken = 0
        self.init { buffer in
            let part = whole[taken...].prefix(buffer.count)
            buffer.copyBytes(from: part)
            taken += part.count
            return part.count
        }
    }

    deinit {
        if let parser {
            // Made by xmlSAX2StartDocument to hold the declared entities.
            xmlFreeDoc(parser.pointee.myDoc)
            parser.pointee.myDoc = nil
            xmlFreeParserCtxt(parser)
        }
        block.deallocate()
    }

    /// The next event; `nil` at the end of the document.
    ///
    /// - Throws: `XMLError` where the document is at fault, or what the source throws.
    public func next() throws -> Event? {
        while position == queue.entries.count {
            if let fault = queue.fault { throw fault }
            guard !isAtEnd else { return nil }
            try parse()
        }
        let entry = queue.entries[position]
        position += 1
        current = entry
        switch entry.kind {
        case .start: return .start(name(entry.name))
        case .end: return .end(name(entry.name))
        case .text: return .text
        }
    }

    /// Line of the current event's end, from 1.
    public var line: Int { Int(current?.line ?? 1) }

    /// Column of the current event's end, in bytes of UTF-8 from 1.
    public var column: Int { Int(current?.column ?? 1) }

    /// The current event's text; empty where it is none.
    public var text: String {
        guard let current, current.kind == .text else { return "" }
        return String(decoding: queue.bytes[current.range], as: UTF8.self)
    }

    /// An attribute of the element that the current event starts, by its local name.
    public func attribute(_ name: String) -> String? {
        guard let current, current.kind == .start else { return nil }
        return queue.attributes[current.range].first { queue.names[Int($0.name)] == name }
            .map { String(decoding: queue.bytes[$0.range], as: UTF8.self) }
    }

    /// The attributes of the element that the current event starts, by their local names.
    public var attributes: [String: String] {
        guard let current, current.kind == .start else { return [:] }
        return Dictionary(
            queue.attributes[current.range].map { attribute in
                (
                    queue.names[Int(attribute.name)],
                    String(decoding: queue.bytes[attribute.range], as: UTF8.self)
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    private func name(_ number: Int32) -> XMLName {
        XMLName(local: queue.names[Int(number)], number: Int(number))
    }

    /// Gives the parser the next block of the document.
    private func parse() throws {
        queue.removeAll()
        position = 0
        current = nil
        guard let parser else {
            throw XMLError(line: 1, column: nil, found: "no memory for a parser")
        }
        let count = try source(block)
        isAtEnd = count == 0
        let bytes = block.bindMemory(to: CChar.self).baseAddress
        let code = xmlParseChunk(parser, bytes, Int32(count), isAtEnd ? 1 : 0)
        if code != 0, parser.pointee.wellFormed == 0 { queue.refuse("libxml2's error \(code)") }
    }
}

/// The local name of an element: what stands behind its namespace's prefix.
public struct XMLName: Hashable, Sendable {
    public let local: String
    /// Names are numbered from 0 in the order in which a stream meets them.
    public let number: Int
}
