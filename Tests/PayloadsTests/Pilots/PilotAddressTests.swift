import Testing

@testable import Payloads

@Suite struct PilotAddressTests {
    @Test(
        "an address is read from its text, and has it again",
        arguments: [
            ("tcp:node1.example.org:7000", PilotAddress.tcp(host: "node1.example.org", port: 7000)),
            ("tcp:127.0.0.1:1", .tcp(host: "127.0.0.1", port: 1)),
            ("tcp:[::1]:65535", .tcp(host: "::1", port: 65535)),
            ("unix:/shared/a:b/socket", .unix("/shared/a:b/socket")),
        ])
    func texts(text: String, address: PilotAddress) {
        #expect(PilotAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "tcp", "tcp:", "tcp:host", "tcp::1", "tcp:host:", "tcp:host:65536", "tcp:host:-1",
            "tcp:host:+1", "tcp:host:1x", "tcp:a b:1", "tcp:[]:1", "unix:", "unix:relative",
            "unix:/", "udp:host:1", "tcp:host:99999999999999999999", "unix:/a\u{0}b",
            "tcp:\(String(repeating: "a", count: 256)):1",
        ])
    func refused(text: String) {
        #expect(PilotAddress(text) == nil)
    }

    @Test("a file holds one address on a whole line, written anew in place")
    func file() throws {
        let folder = try TestFolder()
        let path = "\(folder.path)/runner.address"
        try PilotAddress.tcp(host: "a", port: 1).write(to: path)
        try PilotAddress.unix("/b").write(to: path)
        #expect(try PilotAddress(file: path) == .unix("/b"))
        #expect(try folder.names(in: "") == ["runner.address"])
        for junk in ["", "tcp:a:1", "tcp:a\n", "\n"] {
            try folder.write(junk, to: "runner.address")
            let error = #expect(throws: PayloadError.self) { try PilotAddress(file: path) }
            #expect(error?.code == .message)
        }
        let error = #expect(throws: PayloadError.self) {
            try PilotAddress(file: "\(folder.path)/none")
        }
        #expect(error?.code == .file)
    }
}
