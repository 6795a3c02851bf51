/// Bytes that come in pieces, taken out line by line.
package struct LineBuffer {
    private var bytes: [UInt8] = []
    /// Where the rest begins, and up to where no line feed is.
    private var (start, seen) = (0, 0)

    /// How much has come without being taken.
    package var count: Int { bytes.count - start }

    package init() {}

    package mutating func append(_ more: some Sequence<UInt8>) {
        if start > 1 << 16 || start == bytes.count {
            bytes.removeFirst(start)
            seen -= start
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next line without its line feed; `nil` where it has not come whole.
    package mutating func next() -> [UInt8]? {
        guard let end = bytes[seen...].firstIndex(of: 0x0A) else {
            seen = bytes.count
            return nil
        }
        defer {
            start = end + 1
            seen = start
        }
        return Array(bytes[start..<end])
    }
}
