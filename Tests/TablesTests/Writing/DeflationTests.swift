import Testing

@testable import Tables

@Suite("Deflation")
struct DeflationTests {
    @Test("the wrapping is zlib's, and the end has the checksum of the whole")
    func wrapping() {
        let bytes = [UInt8](repeating: 97, count: 3000)
        let result = Deflation.deflated(bytes)
        #expect(result.count < 40)
        #expect(result.prefix(2) == [0x78, 0xda])
        // Adler-32 (RFC 1950).
        var (low, high) = (1, 0)
        for byte in bytes {
            low = (low + Int(byte)) % 65521
            high = (high + low) % 65521
        }
        let sum = result.suffix(4).reduce(0) { $0 << 8 | Int($1) }
        #expect(sum == high << 16 | low)
    }

    @Test("nothing is a stream of eight bytes")
    func empty() {
        #expect(Deflation.deflated([]) == [0x78, 0xda, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01])
    }
}
