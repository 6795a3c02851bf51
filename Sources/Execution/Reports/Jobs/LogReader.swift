public import Foundation

/// Reads a log as it grows.
public struct LogReader {
    private let path: String
    private var offset: UInt64 = 0

    private static let block = 1 << 16

    /// - Parameter last: only so many bytes of what there is already; all where `nil`.
    public init(path: String, last: Int? = nil) {
        self.path = path
        if let last, let size = StoredFiles.size(path) {
            offset = UInt64(max(0, Int(size) - last))
        }
    }

    /// What was added since the last call, at most 64 KiB; `nil` where there is nothing now.
    ///
    /// A log that was cut, and is shorter than what was read of it, is read on from its end.
    public mutating func next() -> Data? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let size = try? handle.seekToEnd() else { return nil }
        if size < offset { offset = size }
        guard size > offset, (try? handle.seek(toOffset: offset)) != nil,
            let data = try? handle.read(upToCount: Self.block), !data.isEmpty
        else { return nil }
        offset += UInt64(data.count)
        return data
    }

    /// The data harmless for a terminal: control characters but for line feeds and tabulators
    /// become question marks.
    public static func shown(_ data: Data) -> Data {
        Data(
            data.map { byte in
                byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F
                    ? UInt8(ascii: "?") : byte
            })
    }
}
