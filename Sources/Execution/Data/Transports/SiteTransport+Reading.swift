import Documents
import Foundation
public import GroundSegment

extension SiteTransport {
    /// The transport that an SDC's description (YAML) says in its mapping `site`; `nil` where it
    /// says none.
    ///
    /// ```yaml
    /// site:
    ///   transport:
    ///     kind: rsync-ssh          # or file, or rsync: the daemon of rsync
    ///     host: storage.example.org
    ///     port: 2222
    ///     user: sgs
    ///     path: /data/SDC-FR       # of the daemon: module/folder
    ///     key: /etc/sgs/id_ed25519
    ///     known_hosts: /etc/sgs/known_hosts
    ///     bandwidth: 20000         # KiB/s of a transfer
    ///     at_once: 2
    /// ```
    /// - Throws: `ExecutionError` of code `badSite` with all faults.
    public static func read(_ text: String, file: String) throws -> SiteTransport? {
        let faults = FaultLog(file: file)
        let site = DocumentObject(text, faults: faults)?.object("site", required: false)
        let transport = site?.object("transport", required: false).flatMap {
            Reading(document: $0).transport()
        }
        guard faults.isEmpty else {
            throw ExecutionError(
                .badSite, "\(file): \(faults.diagnostics.count) faults",
                diagnostics: faults.diagnostics)
        }
        return transport
    }

    /// The transports of all SDCs that a folder describes (`ID.yaml`).
    public static func read(folder: String) throws -> [ID<SDC>: SiteTransport] {
        var transports: [ID<SDC>: SiteTransport] = [:]
        for name in StoredFiles.names(in: folder) where name.hasSuffix(".yaml") {
            let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
            transports[ID(String(name.dropLast(5)))] = try read(
                String(decoding: data, as: UTF8.self), file: "\(folder)/\(name)")
        }
        return transports
    }

    private struct Reading {
        let document: DocumentObject

        private enum Kind: String, CaseIterable {
            case file, rsync
            case rsyncSSH = "rsync-ssh"
        }

        func transport() -> SiteTransport? {
            document.check(keys: [
                "kind", "host", "port", "user", "path", "key", "known_hosts", "password_file",
                "bandwidth", "at_once",
            ])
            let bandwidth = number("bandwidth", 1...1_000_000_000)
            let atOnce = number("at_once", 1...1000)
            let kind: Kind? = document.choice("kind")
            let way =
                switch kind {
                case .file: absolute("path", required: true).map(Way.file)
                case .rsync, .rsyncSSH: rsyncWay(isSSH: kind == .rsyncSSH)
                case nil: Way?.none
                }
            return way.map { SiteTransport($0, bandwidth: bandwidth, atOnce: atOnce) }
        }

        private func rsyncWay(isSSH: Bool) -> Way? {
            let host = text("host", "a host's name or address", required: true) {
                Self.isPlain($0, and: ".:-") && !$0.hasPrefix("-")
            }
            let user = text("user", "a user's name") {
                Self.isPlain($0, and: "._-") && !$0.hasPrefix("-")
            }
            let port = number("port", 1...65535)
            let path =
                isSSH
                ? absolute("path", required: true)
                : text("path", "a module, and a folder in it: sgs/SDC-FR", required: true) {
                    Self.isPath($0) && !$0.hasPrefix("/")
                }
            let access: RsyncAddress.Access =
                isSSH
                ? .ssh(key: absolute("key"), knownHosts: absolute("known_hosts"))
                : .daemon(passwordFile: absolute("password_file"))
            guard let host, let path else { return nil }
            return .rsync(
                RsyncAddress(host: host, port: port, user: user, path: path, access: access))
        }

        // MARK: - Values

        private func absolute(_ key: String, required: Bool = false) -> String? {
            text(
                key, "an absolute path of letters, digits, '/', '.', '_' and '-'",
                required: required
            ) { Self.isPath($0) && $0.hasPrefix("/") }
        }

        private func text(
            _ key: String, _ expected: String, required: Bool = false, _ isGood: (String) -> Bool
        ) -> String? {
            guard required || document.has(key),
                let text = document.text(key, expected: expected)
            else { return nil }
            if isGood(text) { return text }
            document.fault(key, expected: expected)
            return nil
        }

        private func number(_ key: String, _ range: ClosedRange<Int>) -> Int? {
            document.has(key) ? document.count(key, in: range) : nil
        }

        /// Nothing that a shell or rsync would take for more than a name.
        private static func isPlain(_ text: String, and more: String) -> Bool {
            (1...255).contains(text.utf8.count)
                && text.unicodeScalars.allSatisfy {
                    $0.isASCII
                        && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                            || more.unicodeScalars.contains($0))
                }
        }

        private static func isPath(_ text: String) -> Bool {
            isPlain(text, and: "/._-") && !text.hasPrefix("-")
                && !text.split(separator: "/").contains("..")
        }
    }
}
