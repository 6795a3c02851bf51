import Documents
import Foundation
public import GroundSegment
import Yams

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
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ExecutionError(.badSite, "\(file): \(error)")
        }
        guard let node = root?["site"]?["transport"] else { return nil }
        var reading = Reading(node: node, file: file)
        let transport = reading.transport()
        guard reading.faults.isEmpty else {
            throw ExecutionError(
                .badSite, "\(file): \(reading.faults.count) faults", diagnostics: reading.faults)
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
        let node: Node
        let file: String
        var faults: [Diagnostic] = []

        private static let keys = [
            "kind", "host", "port", "user", "path", "key", "known_hosts", "password_file",
            "bandwidth", "at_once",
        ]
        private static let kinds = ["file", "rsync-ssh", "rsync"]

        mutating func transport() -> SiteTransport? {
            guard let mapping = node.mapping else {
                fault(node, "transport", expected: "a mapping")
                return nil
            }
            for (key, _) in mapping where !Self.keys.contains(key.string ?? "") {
                fault(
                    key, key.string ?? "", found: "an unknown key",
                    expected: "one of: \(Self.keys.joined(separator: ", "))")
            }
            let bandwidth = number("bandwidth", 1...1_000_000_000)
            let atOnce = number("at_once", 1...1000)
            guard
                let kind = text(
                    "kind", "one of: \(Self.kinds.joined(separator: ", "))", Self.kinds.contains)
            else {
                if node["kind"] == nil { missing("kind") }
                return nil
            }
            guard let way = kind == "file" ? fileWay() : rsyncWay(kind) else { return nil }
            return SiteTransport(way, bandwidth: bandwidth, atOnce: atOnce)
        }

        private mutating func fileWay() -> Way? {
            guard let path = absolute("path") else {
                if node["path"] == nil { missing("path") }
                return nil
            }
            return .file(folder: path)
        }

        private mutating func rsyncWay(_ kind: String) -> Way? {
            let host = text("host", "a host's name or address") {
                Self.isPlain($0, and: ".:-") && !$0.hasPrefix("-")
            }
            let user = text("user", "a user's name") {
                Self.isPlain($0, and: "._-") && !$0.hasPrefix("-")
            }
            let port = number("port", 1...65535)
            let path =
                kind == "rsync-ssh"
                ? absolute("path")
                : text("path", "a module, and a folder in it: sgs/SDC-FR") {
                    Self.isPath($0) && !$0.hasPrefix("/")
                }
            let access: RsyncAddress.Access =
                kind == "rsync-ssh"
                ? .ssh(key: absolute("key"), knownHosts: absolute("known_hosts"))
                : .daemon(passwordFile: absolute("password_file"))
            for (name, value) in [("host", host), ("path", path)]
            where value == nil && node[name] == nil {
                missing(name)
            }
            guard let host, let path else { return nil }
            return .rsync(
                RsyncAddress(host: host, port: port, user: user, path: path, access: access))
        }

        // MARK: - Values

        private mutating func absolute(_ key: String) -> String? {
            text(key, "an absolute path of letters, digits, '/', '.', '_' and '-'") {
                Self.isPath($0) && $0.hasPrefix("/")
            }
        }

        private mutating func text(
            _ key: String, _ expected: String, _ isGood: (String) -> Bool
        ) -> String? {
            guard let value = node[key] else { return nil }
            if let text = value.string, isGood(text) { return text }
            fault(value, key, expected: expected)
            return nil
        }

        private mutating func number(_ key: String, _ range: ClosedRange<Int>) -> Int? {
            guard let value = node[key] else { return nil }
            if let number = value.int, range.contains(number) { return number }
            fault(value, key, expected: "\(range.lowerBound) to \(range.upperBound)")
            return nil
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

        private mutating func missing(_ key: String) {
            fault(node, key, found: "nothing", expected: "a value")
        }

        private mutating func fault(
            _ node: Node, _ field: String, found: String? = nil, expected: String
        ) {
            let place = node.mark.map {
                Diagnostic.Place.position(line: $0.line, column: $0.column)
            }
            faults.append(
                Diagnostic(
                    file: file, place: place, field: "site.transport.\(field)",
                    found: found ?? node.string.map { "\"\($0)\"" } ?? "no text",
                    expected: expected))
        }
    }
}
