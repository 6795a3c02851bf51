import Digests
import Foundation
import Testing

@Suite("SHA1Digest")
struct SHA1DigestTests {
    @Test(
        "published vectors of FIPS 180-4 are met",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ])
    func vectors(text: String, digest: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try SHA1Digest.hex(ofFile: file.path) == digest)
    }
}
