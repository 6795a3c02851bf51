import Foundation

@testable import Execution

/// A real server on loopback through which rsync reaches a folder, with a key or module of its own.
final class RsyncServer {
    enum Kind: String, CaseIterable, Sendable { case ssh, daemon }

    /// How the folder is reached.
    let address: RsyncAddress
    private let program: OutsideProgram
    /// What the daemon says of each transfer: its name and the bytes that went.
    let log: String

    /// Whether the programs are installed.
    static let isPossible = ["/usr/bin/rsync", "/usr/sbin/sshd", "/usr/bin/ssh-keygen"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    init(_ kind: Kind, for root: String, in folder: TestFolder) async throws {
        let home = "\(folder.path)/server-\(kind.rawValue)"
        try StoredFiles.makeFolder(home)
        log = "\(home)/log"
        let port = try Self.freePort()
        switch kind {
        case .ssh:
            for key in ["host", "user"] {
                try Self.run(
                    "/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(home)/\(key)")
            }
            let hostKey = try String(contentsOfFile: "\(home)/host.pub", encoding: .utf8)
            try "[127.0.0.1]:\(port) \(hostKey)".write(
                toFile: "\(home)/known_hosts", atomically: true, encoding: .utf8)
            try """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(home)/host
            AuthorizedKeysFile \(home)/user.pub
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin prohibit-password
            """.write(toFile: "\(home)/sshd.conf", atomically: true, encoding: .utf8)
            if getuid() == 0 { try StoredFiles.makeFolder("/run/sshd") }
            program = try OutsideProgram([
                "/usr/sbin/sshd", "-D", "-E", log, "-f", "\(home)/sshd.conf",
            ])
            address = RsyncAddress(
                host: "127.0.0.1", port: port, user: NSUserName(), path: root,
                access: .ssh(key: "\(home)/user", knownHosts: "\(home)/known_hosts"))
        case .daemon:
            try "sgs:secret\n".write(toFile: "\(home)/secrets", atomically: true, encoding: .utf8)
            try "secret\n".write(toFile: "\(home)/password", atomically: true, encoding: .utf8)
            for file in ["secrets", "password"] { chmod("\(home)/\(file)", 0o600) }
            try """
            use chroot = no
            log file = \(log)
            [store]
            path = \((root as NSString).deletingLastPathComponent)
            read only = no
            uid = \(getuid())
            gid = \(getgid())
            auth users = sgs
            secrets file = \(home)/secrets
            transfer logging = yes
            log format = transfer %b
            """.write(toFile: "\(home)/rsyncd.conf", atomically: true, encoding: .utf8)
            program = try OutsideProgram([
                "/usr/bin/rsync", "--daemon", "--no-detach", "--address=127.0.0.1",
                "--port=\(port)",
                "--config=\(home)/rsyncd.conf",
            ])
            address = RsyncAddress(
                host: "127.0.0.1", port: port, user: "sgs",
                path: "store/\((root as NSString).lastPathComponent)",
                access: .daemon(passwordFile: "\(home)/password"))
        }
        guard try await eventually(within: 30, { Self.answers(port) }) else {
            throw ExecutionError(.host, "\(kind) does not answer")
        }
    }

    func end() {
        kill(program.process, SIGTERM)
        _ = program.end()
    }

    private static func run(_ words: String...) throws {
        let (status, text) = try OutsideProgram(words).end()
        guard status == 0 else { throw ExecutionError(.host, "\(words): \(text)") }
    }

    private static func withSocket<Value>(
        _ port: Int, _ body: (Int32, inout sockaddr_in) -> Value
    ) -> Value {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return body(number, &address)
    }

    private static func answers(_ port: Int) -> Bool {
        withSocket(port) { number, address in
            withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
    }

    private static func freePort() throws -> Int {
        withSocket(0) { number, address in
            withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
                    _ = bind(number, $0, size)
                    getsockname(number, $0, &size)
                }
            }
            return Int(in_port_t(bigEndian: address.sin_port))
        }
    }
}
