import Foundation
import Testing

@testable import Tables

@Suite struct GzipStreamTests {
    /// What a gzip file of these bytes holds.
    private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("gzip-\(UUID().uuidString).gz").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try CompressedFile(path: path)
        try file.checkCompression()
        var found: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count = try file.read(into: buffer)
            if count == 0 { return found }
            found += buffer[..<count]
        }
    }

    @Test("what is added in parts comes out whole, and is shorter on the way")
    func parts() throws {
        let part = Array(String(repeating: "tile,SDC-FR,SDC-IT\n", count: 5000).utf8)
        let stream = try #require(GzipStream())
        var packed: [UInt8] = []
        for _ in 0..<3 { packed += stream.compress(part, isLast: false) }
        packed += stream.compress([], isLast: true)
        #expect(packed.count < part.count / 10)
        #expect(try unpacked(packed) == part + part + part)
    }

    @Test("nothing at all is a member too")
    func empty() throws {
        let stream = try #require(GzipStream())
        #expect(try unpacked(stream.compress([], isLast: true)).isEmpty)
    }

    @Test("bytes that do not shrink come out as they were")
    func noise() throws {
        var state: UInt64 = 1
        let bytes = (0..<200_000).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        let stream = try #require(GzipStream())
        #expect(try unpacked(stream.compress(bytes, isLast: true)) == bytes)
    }
}
