/// Cuts a stream of bytes into records and fields: RFC 4180 quoting, lines ended by CR, LF or both.
///
/// Spaces around a quoted field do not belong to it.
struct RecordScanner: ~Copyable {
    private let stream: ByteStream
    /// Between fields; where it is a space, any number of them count as one.
    var delimiter = UInt8(ascii: ",")
    /// The line that the next byte is in.
    private(set) var line = 1
    /// How many fields a record has, once the names are known: only then can a line that begins
    /// with `#` be a record.
    var width: Int?

    /// A record may not be longer than this: what is has a quote that is never closed.
    private static let mostBytes = 1 << 24

    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")

    /// Starts at the first byte of a text.
    init(_ stream: ByteStream) {
        self.stream = stream
    }

    var path: String { stream.path }

    /// The comment lines here, blank ones left out, each with its line of the file.
    mutating func comments() throws(TableError) -> [(line: Int, bytes: [UInt8])] {
        var comments: [(line: Int, bytes: [UInt8])] = []
        while true {
            // A mark may stand where one file was put behind another.
            if try stream.peek() == 0xEF { stream.skipMark() }
            guard let byte = try stream.peek(), byte == Self.hash || isLineEnd(byte) else {
                return comments
            }
            let start = line
            let bytes = try rawLine()
            if !bytes.isEmpty { comments.append((start, bytes)) }
        }
    }

    /// The next record as it stands, for the line of names, whose delimiter is not known yet, and
    /// whether it has a comma outside of quotes; `nil` at the end.
    mutating func rawRecord() throws(TableError) -> (bytes: [UInt8], hasComma: Bool)? {
        guard try stream.peek() != nil else { return nil }
        var bytes: [UInt8] = []
        var isQuoted = false
        var hasComma = false
        let start = line
        while let byte = try stream.peek() {
            if !isQuoted, isLineEnd(byte) { break }
            if byte == Self.quote {
                let isOpening = [nil, UInt8(ascii: ","), Self.space, Self.quote]
                    .contains(bytes.last)
                isQuoted = !isQuoted && isOpening
            } else if byte == UInt8(ascii: ","), !isQuoted {
                hasComma = true
            }
            if byte == Self.newline || byte == Self.carriageReturn {
                try lineEnd()
                bytes.append(Self.newline)
            } else {
                stream.advance()
                bytes.append(byte)
            }
            try checkLength(bytes, from: start)
        }
        try lineEnd()
        return (bytes, hasComma)
    }

    /// Reads the next record; `false` at the end of the text.
    ///
    /// After a `badRecord` the scanner stands at the next line.
    mutating func next(_ row: inout TableRow) throws(TableError) -> Bool {
        while let byte = try stream.peek() {
            row.start(line: line)
            try fields(&row)
            if row.count == 1, row.isEmpty(0) { continue }
            if byte == Self.hash, isRemark(row) { continue }
            try checkEncoding(row)
            return true
        }
        return false
    }

    /// Whether a line that begins with `#` is no record: it has not a record's fields, and a space
    /// or nothing behind the sign.
    private func isRemark(_ row: TableRow) -> Bool {
        guard let width, row.count != width else { return false }
        let first = row.bytes.prefix(row.ends.first ?? 0).drop { $0 == Self.hash }.first
        return delimiter == Self.space
            ? first == nil : row.count == 1 && [nil, Self.space, Self.tab].contains(first)
    }

    private mutating func rawLine() throws(TableError) -> [UInt8] {
        let start = line
        var bytes: [UInt8] = []
        while let byte = try stream.peek(), !isLineEnd(byte) {
            stream.advance()
            bytes.append(byte)
            try checkLength(bytes, from: start)
        }
        try lineEnd()
        return bytes
    }

    private mutating func fields(_ row: inout TableRow) throws(TableError) {
        while true {
            if delimiter == Self.space {
                try skipSpaces(&row.bytes, keeping: false)
                if try isAtLineEnd(), row.count > 0 { break }
            }
            let start = row.bytes.count
            if try stream.peek() == Self.space { try skipSpaces(&row.bytes, keeping: true) }
            if try stream.peek() == Self.quote {
                row.bytes.removeLast(row.bytes.count - start)
                try quoted(&row)
            } else {
                try plain(&row)
            }
            row.ends.append(row.bytes.count)
            guard try stream.peek() == delimiter else { break }
            stream.advance()
        }
        try lineEnd()
    }

    private mutating func plain(_ row: inout TableRow) throws(TableError) {
        while let byte = try stream.peek(), byte != delimiter, !isLineEnd(byte) {
            stream.advance()
            row.bytes.append(byte)
            try checkLength(row.bytes, from: row.line)
        }
    }

    private mutating func quoted(_ row: inout TableRow) throws(TableError) {
        stream.advance()
        while let byte = try stream.peek() {
            if byte == Self.newline || byte == Self.carriageReturn {
                row.bytes.append(byte)
                stream.advance()
                if byte == Self.carriageReturn, try stream.peek() == Self.newline {
                    row.bytes.append(Self.newline)
                    stream.advance()
                }
                line += 1
                continue
            }
            stream.advance()
            guard byte == Self.quote else {
                row.bytes.append(byte)
                try checkLength(row.bytes, from: row.line)
                continue
            }
            guard try stream.peek() == Self.quote else { return try checkEndOfQuotes(row) }
            stream.advance()
            row.bytes.append(Self.quote)
        }
        throw fault(row, found: "a quote that is never closed", expected: "a closing quote")
    }

    private mutating func checkEndOfQuotes(_ row: TableRow) throws(TableError) {
        while delimiter != Self.space, try stream.peek() == Self.space { stream.advance() }
        if try stream.peek() == delimiter { return }
        if try isAtLineEnd() { return }
        _ = try rawLine()
        throw fault(
            row, found: "text after a closing quote", expected: "a delimiter or the line's end")
    }

    private mutating func skipSpaces(_ bytes: inout [UInt8], keeping: Bool) throws(TableError) {
        while try stream.peek() == Self.space {
            stream.advance()
            if keeping { bytes.append(Self.space) }
        }
    }

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == Self.newline || byte == Self.carriageReturn
    }

    private mutating func isAtLineEnd() throws(TableError) -> Bool {
        guard let byte = try stream.peek() else { return true }
        return isLineEnd(byte)
    }

    /// Takes the end of a line.
    private mutating func lineEnd() throws(TableError) {
        let isReturn = try stream.peek() == Self.carriageReturn
        if isReturn { stream.advance() }
        if try stream.peek() == Self.newline { stream.advance() }
        line += 1
    }

    private func checkEncoding(_ row: TableRow) throws(TableError) {
        guard row.bytes.contains(where: { $0 >= 0x80 || $0 == 0 }) else { return }
        if row.bytes.contains(0) {
            throw fault(row, found: "a NUL byte", expected: "UTF-8 text")
        }
        guard String(validating: row.bytes, as: UTF8.self) == nil else { return }
        throw fault(row, found: "bytes that are no UTF-8", expected: "UTF-8 text")
    }

    @inline(__always)
    private func checkLength(_ bytes: [UInt8], from line: Int) throws(TableError) {
        guard bytes.count > Self.mostBytes else { return }
        throw TableError(
            .cannotRead, path: path, line: line,
            found: "a record or comment of more than \(Self.mostBytes) bytes",
            expected: "a shorter one (is a quote never closed?)")
    }

    private func fault(_ row: TableRow, found: String, expected: String) -> TableError {
        TableError(.badRecord, path: path, line: row.line, found: found, expected: expected)
    }
}
