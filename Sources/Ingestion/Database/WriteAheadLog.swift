import Files
import Foundation

/// A write-ahead log (https://sqlite.org/fileformat.html, section 4), looked at before SQLite
/// reads it: what SQLite passes over without a word is refused here.
enum WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// Checks that a log can be read to its end.
    ///
    /// - Throws: `SurveyDatabase.Fault` for a header or frame that does not hold its checksum, and
    ///   for a transaction that was begun and not committed, which a log cut short looks like.
    static func check(_ path: String) throws {
        let name = "a write-ahead log, \((path as NSString).lastPathComponent),"
        func refuse(_ reason: String) -> SurveyDatabase.Fault {
            SurveyDatabase.Fault(
                found: "\(name) \(reason)",
                expected: "one that is whole (sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)')")
        }
        let file: RegularFile
        do {
            file = try RegularFile(path, limit: DatabaseFiles.mostBytes)
        } catch {
            throw SurveyDatabase.Fault(found: "\(name) \(error.found)", expected: error.expected)
        }
        var reader = Reader(file: file)
        guard let header = try reader.take(headerSize), header[0...2] == [0x37, 0x7F, 0x06],
            header[3] & 0xFE == 0x82
        else { throw refuse("without its header") }
        let isBig = header[3] == 0x83
        let pageSize = Int(word(header, 8, true))
        var sum = Checksum(isBig: isBig)
        sum.add(header[..<24])
        guard sum == Checksum(isBig: isBig, word(header, 24, true), word(header, 28, true)),
            (512...65536).contains(pageSize), pageSize & (pageSize - 1) == 0
        else { throw refuse("whose header is damaged") }
        var number = 0
        var isCommitted = true
        while let frame = try reader.take(frameHeaderSize) {
            // Of an earlier use of the log: nothing after it counts.
            guard frame[8..<16] == header[16..<24] else { break }
            number += 1
            guard let page = try reader.take(pageSize) else {
                throw refuse("cut short in frame \(number)")
            }
            sum.add(frame[..<8])
            sum.add(page[...])
            guard sum == Checksum(isBig: isBig, word(frame, 16, true), word(frame, 20, true)) else {
                throw refuse("whose frame \(number) is damaged")
            }
            isCommitted = word(frame, 4, true) != 0
        }
        guard reader.isWhole else { throw refuse("cut short after frame \(number)") }
        guard isCommitted else { throw refuse("whose last transaction is not committed") }
    }

    private static func word(_ bytes: [UInt8], _ place: Int, _ isBig: Bool) -> UInt32 {
        let part = bytes[place..<place + 4]
        return (isBig ? Array(part) : part.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The running checksum of section 4.2.
    private struct Checksum: Equatable {
        let isBig: Bool
        var first: UInt32
        var second: UInt32

        init(isBig: Bool, _ first: UInt32 = 0, _ second: UInt32 = 0) {
            self.isBig = isBig
            self.first = first
            self.second = second
        }

        /// Adds a multiple of eight bytes.
        mutating func add(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { raw in
                for place in stride(from: 0, to: raw.count - 7, by: 8) {
                    var words = (
                        raw.loadUnaligned(fromByteOffset: place, as: UInt32.self),
                        raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                    )
                    if isBig { words = (UInt32(bigEndian: words.0), UInt32(bigEndian: words.1)) }
                    first &+= words.0 &+ second
                    second &+= words.1 &+ first
                }
            }
        }
    }

    /// Takes a file piece by piece.
    private struct Reader: ~Copyable {
        let file: RegularFile
        /// Whether the file ended where a piece did.
        private(set) var isWhole = true

        init(file: consuming RegularFile) {
            self.file = file
        }

        /// The next piece; `nil` where there is not all of it.
        mutating func take(_ count: Int) throws -> [UInt8]? {
            var bytes = [UInt8](repeating: 0, count: count)
            var done = 0
            while done < count {
                let more = try bytes.withUnsafeMutableBytes { raw in
                    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[done...]))
                }
                guard more > 0 else {
                    isWhole = done == 0
                    return nil
                }
                done += more
            }
            return bytes
        }
    }
}
