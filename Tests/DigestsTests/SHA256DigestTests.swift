import Digests
import Foundation
import Testing

@Suite("SHA256Digest")
struct SHA256DigestTests {
    @Test(
        "published vectors of FIPS 180-4 are met",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(text: String, digest: String) {
        #expect(SHA256Digest.hex(of: Data(text.utf8)) == digest)
    }

    @Test("a file longer than the buffer has the digest of its bytes")
    func longFile() throws {
        let data = Data((0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try SHA256Digest.hex(ofFile: file.path) == SHA256Digest.hex(of: data))
    }

    @Test("a missing file is named with the system's reason")
    func missingFile() {
        let failure = #expect(throws: DigestError.self) {
            try SHA256Digest.hex(ofFile: "/nowhere/at/all")
        }
        #expect(failure?.code == .cannotOpen)
        #expect(failure?.description == "cannot open /nowhere/at/all: No such file or directory")
    }

    @Test("a folder cannot be digested")
    func folder() {
        let failure = #expect(throws: DigestError.self) { try SHA256Digest.hex(ofFile: "/") }
        #expect(failure?.description == "cannot read /: Is a directory")
    }
}
