/// Cuts a stream of bytes into records and fields: RFC 4180 quoting, `#` comment lines.
struct RecordScanner: ~Copyable {
    private let stream: ByteStream
    /// Between fields; where it is a space, any number of them count as one.
    var delimiter = UInt8(ascii: ",")
    /// The line that the next byte is in.
    private(set) var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")

    /// Starts at the first byte of a file.
    init(path: String) throws(TableFailure) {
        let stream = try ByteStream(path: path)
        try stream.checkCompression()
        self.stream = stream
    }

    var path: String { stream.path }

    /// The next line with its end removed, whatever it holds; `nil` at the end of the file.
    mutating func rawLine() throws(TableFailure) -> [UInt8]? {
        guard try stream.peek() != nil else { return nil }
        var bytes: [UInt8] = []
        while let byte = try stream.peek() {
            stream.advance()
            if byte == Self.newline { break }
            bytes.append(byte)
        }
        line += 1
        if bytes.last == Self.carriageReturn { bytes.removeLast() }
        return bytes
    }

    /// Whether the next line is a comment.
    mutating func isAtComment() throws(TableFailure) -> Bool {
        try stream.peek() == UInt8(ascii: "#")
    }

    /// Reads the next record; `false` at the end of the file.
    ///
    /// After a `badRecord` the scanner stands at the next line.
    mutating func next(_ row: inout TableRow) throws(TableFailure) -> Bool {
        while let byte = try stream.peek() {
            if byte == UInt8(ascii: "#") {
                try skipLine()
            } else {
                row.start(line: line)
                try fields(&row)
                if row.count > 1 || !row.isEmpty(0) {
                    try checkEncoding(row)
                    return true
                }
            }
        }
        return false
    }

    private mutating func skipLine() throws(TableFailure) {
        while let byte = try stream.peek() {
            stream.advance()
            if byte == Self.newline { break }
        }
        line += 1
    }

    private mutating func fields(_ row: inout TableRow) throws(TableFailure) {
        while true {
            if delimiter == Self.space {
                try skipSpaces()
                if try isAtLineEnd(), row.count > 0 { break }
            }
            if try stream.peek() == Self.quote {
                try quoted(&row)
            } else {
                try plain(&row)
            }
            row.ends.append(row.bytes.count)
            guard try stream.peek() == delimiter else { break }
            stream.advance()
        }
        if try stream.peek() == Self.carriageReturn { stream.advance() }
        if try stream.peek() == Self.newline { stream.advance() }
        line += 1
    }

    private mutating func plain(_ row: inout TableRow) throws(TableFailure) {
        while let byte = try stream.peek(), byte != delimiter, byte != Self.newline {
            stream.advance()
            if byte == Self.carriageReturn {
                let next = try stream.peek()
                if next == Self.newline || next == nil { return }
            }
            row.bytes.append(byte)
        }
    }

    private mutating func quoted(_ row: inout TableRow) throws(TableFailure) {
        stream.advance()
        while let byte = try stream.peek() {
            stream.advance()
            if byte == Self.newline { line += 1 }
            guard byte == Self.quote else {
                row.bytes.append(byte)
                continue
            }
            guard try stream.peek() == Self.quote else { return try checkEndOfQuotes(row) }
            stream.advance()
            row.bytes.append(Self.quote)
        }
        throw fault(row, found: "a quote that is never closed", expected: "a closing quote")
    }

    private mutating func checkEndOfQuotes(_ row: TableRow) throws(TableFailure) {
        if try stream.peek() == delimiter { return }
        if try isAtLineEnd() { return }
        try skipLine()
        throw fault(
            row, found: "text after a closing quote", expected: "a delimiter or the line's end")
    }

    private mutating func skipSpaces() throws(TableFailure) {
        while try stream.peek() == Self.space { stream.advance() }
    }

    private mutating func isAtLineEnd() throws(TableFailure) -> Bool {
        let byte = try stream.peek()
        return byte == nil || byte == Self.newline || byte == Self.carriageReturn
    }

    private func checkEncoding(_ row: TableRow) throws(TableFailure) {
        guard row.bytes.contains(where: { $0 >= 0x80 }),
            String(validating: row.bytes, as: UTF8.self) == nil
        else { return }
        throw fault(row, found: "bytes that are no UTF-8", expected: "UTF-8 text")
    }

    private func fault(_ row: TableRow, found: String, expected: String) -> TableFailure {
        TableFailure(.badRecord, path: path, line: row.line, found: found, expected: expected)
    }
}
