import GroundSegment
import Testing

@testable import Execution

@Suite struct SiteTransportTests {
    private func read(_ lines: String...) throws -> SiteTransport? {
        let text = lines.map { "    \($0)\n" }.joined()
        return try SiteTransport.read("id: SDC-FR\nsite:\n  transport:\n\(text)", file: "f.yaml")
    }

    @Test("a description without a transport has none")
    func none() throws {
        #expect(try SiteTransport.read("id: SDC-FR\n", file: "f.yaml") == nil)
        #expect(try SiteTransport.read("id: SDC-FR\nsite:\n  batch: {}\n", file: "f.yaml") == nil)
    }

    @Test("a folder, rsync through ssh and rsync's daemon are read with their limits")
    func kinds() throws {
        #expect(
            try read("kind: file", "path: /mnt/fr", "at_once: 3")
                == SiteTransport(.file(folder: "/mnt/fr"), atOnce: 3))
        #expect(
            try read(
                "kind: rsync-ssh", "host: fr.example.org", "port: 2222", "user: sgs",
                "path: /data/SDC-FR", "key: /k", "known_hosts: /h", "bandwidth: 100")
                == SiteTransport(
                    .rsync(
                        RsyncAddress(
                            host: "fr.example.org", port: 2222, user: "sgs", path: "/data/SDC-FR",
                            access: .ssh(key: "/k", knownHosts: "/h"))), bandwidth: 100))
        #expect(
            try read("kind: rsync", "host: ::1", "path: sgs/SDC-FR")
                == SiteTransport(
                    .rsync(
                        RsyncAddress(
                            host: "::1", path: "sgs/SDC-FR", access: .daemon(passwordFile: nil)))))
    }

    @Test("all faults are told at once, with their places")
    func faults() throws {
        let error = try #require(throws: ExecutionError.self) {
            _ = try read(
                "kind: rsync-ssh", "host: -oProxyCommand=x", "port: 0", "path: /a/../b",
                "key: /a b", "speed: 1")
        }
        #expect(error.code == .badSite)
        #expect(
            error.diagnostics.map(\.field) == [
                "site.transport.host", "site.transport.port", "site.transport.path",
                "site.transport.key", "site.transport.speed",
            ])
        #expect(
            error.diagnostics[0].description
                == "f.yaml:5:5: site.transport.host: found \"-oProxyCommand=x\", expected a host's name or address"
        )
    }

    @Test("what is needed and not there is told")
    func missing() throws {
        for (lines, fields) in [
            ("kind: rsync", ["host", "path"]), ("kind: file", ["path"]), ("port: 1", ["kind"]),
        ] {
            let error = try #require(throws: ExecutionError.self) { _ = try read(lines) }
            #expect(error.diagnostics.map(\.field) == fields.map { "site.transport.\($0)" })
        }
    }

    @Test("an address is written as rsync takes it")
    func addresses() {
        var address = RsyncAddress(
            host: "::1", port: 2222, user: "sgs", path: "/d",
            access: .ssh(key: "/k", knownHosts: nil))
        #expect(address.place(of: "s/f") == "sgs@[::1]:/d/s/f")
        #expect(address.arguments.first?.hasSuffix(" -p 2222 -i /k -oIdentitiesOnly=yes") == true)
        address.access = .daemon(passwordFile: "/p")
        address.path = "m/d"
        #expect(address.place(of: "s/f") == "rsync://sgs@[::1]:2222/m/d/s/f")
        #expect(address.arguments == ["--contimeout=20", "--password-file=/p"])
    }
}
