import Foundation
import Testing

@testable import Execution

@Suite struct LogReaderTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test("what is added to a log is read once, and nothing while there is none")
    func grows() throws {
        var log = LogReader(path: "\(folder.path)/log")
        #expect(log.next() == nil)
        try folder.write("one\n", to: "log")
        #expect(log.next() == Data("one\n".utf8))
        #expect(log.next() == nil)
        let file = try #require(FileHandle(forWritingAtPath: "\(folder.path)/log"))
        try file.seekToEnd()
        try file.write(contentsOf: Data("two\n".utf8))
        #expect(log.next() == Data("two\n".utf8))
    }

    @Test("a log that was cut is read on from its end")
    func cut() throws {
        try folder.write(String(repeating: "x", count: 70000), to: "log")
        var log = LogReader(path: "\(folder.path)/log")
        #expect(log.next()?.count == 65536)
        #expect(log.next()?.count == 70000 - 65536)
        try folder.write("short", to: "log")
        #expect(log.next() == nil)
        try folder.write("short and more", to: "log")
        #expect(log.next() == Data(" and more".utf8))
    }

    @Test("control characters do not reach a terminal")
    func harmless() {
        let data = Data([0x1B, 0x5B, 0x41, 0x0A, 0x09, 0x00, 0x7F, 0xC3, 0xA9])
        #expect(
            LogReader.shown(data) == Data([0x3F, 0x5B, 0x41, 0x0A, 0x09, 0x3F, 0x3F, 0xC3, 0xA9]))
    }
}
