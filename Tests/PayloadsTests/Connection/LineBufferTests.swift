import Testing

@testable import Payloads

@Suite struct LineBufferTests {
    @Test("lines come out whole, however they came in", arguments: [1, 2, 3, 7, 100])
    func pieces(size: Int) {
        let bytes = Array("one\n\nthree\nfour".utf8)
        var buffer = LineBuffer()
        var lines: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            buffer.append(bytes[start..<min(start + size, bytes.count)])
            while let line = buffer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        }
        #expect(lines == ["one", "", "three"])
        #expect(buffer.count == 4)
    }

    @Test("many lines do not pile up")
    func many() {
        var buffer = LineBuffer()
        var count = 0
        for _ in 0..<10_000 {
            buffer.append(Array("a line of some length, as they come\nand a beginning".utf8))
            while buffer.next() != nil { count += 1 }
        }
        #expect(count == 10_000)
        #expect(buffer.count == 15)
    }
}
