import Digests
import Foundation
import Testing

@Suite("SHA256Hasher")
struct SHA256HasherTests {
    @Test("the digest does not depend on how the bytes are cut", arguments: [1, 7, 64, 1000])
    func chunks(size: Int) {
        let data = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
        var hasher = SHA256Hasher()
        for start in stride(from: 0, to: data.count, by: size) {
            hasher.update(data[start..<min(data.count, start + size)])
        }
        #expect(hasher.finish() == SHA256Digest.hex(of: data))
    }

    @Test("a million letters a have the published digest")
    func million() {
        var hasher = SHA256Hasher()
        let thousand = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
        for _ in 0..<1000 { hasher.update(thousand) }
        #expect(
            hasher.finish()
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }
}
