import Digests
import Files
import Foundation
public import GroundSegment

/// Who may change something at an SDC's runner over the web: names, each with the digest of a token
/// that only its owner has.
///
/// They are in a file of the runner's own folder that nobody else may read.
public struct AccessTokens: Sendable {
    /// A token, without itself.
    public struct Entry: Hashable, Sendable, Codable {
        public let name: String
        /// SHA-256 of the token, in hexadecimal.
        public let sha256: String
        /// ISO 8601 in UTC.
        public let made: String
        /// From when on it is not valid any more; ISO 8601 in UTC.
        public let ends: String?
    }

    private let path: String

    public init(state: String, sdc: ID<SDC>) {
        path = "\(state)/\(FileName.encoded(sdc.text))/tokens.json"
    }

    /// All that there are, by name.
    ///
    /// - Throws: `ExecutionError` of code `storage` where the file is not what it should be.
    public func entries() throws -> [Entry] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            return try JSONDecoder().decode(
                [Entry].self,
                from: RegularFile.contents(of: path, limit: 1 << 20)
            ).sorted { $0.name < $1.name }
        } catch {
            throw ExecutionError(.storage, "\(path): found no list of tokens")
        }
    }

    /// Makes a token for a name, which is not kept: whoever is given it has to keep it.
    ///
    /// - Parameter days: after how many it ends; never where `nil`.
    /// - Throws: `ExecutionError` of code `badCommand` where the name is taken or none, of code
    ///   `storage` where the file cannot be written.
    public func add(_ name: String, days: Double?, at now: MJD) throws -> String {
        var entries = try entries()
        guard (1...64).contains(name.utf8.count), name.printable == name, !name.contains(" ") else {
            throw ExecutionError(
                .badCommand, "\(name.printable): expected a name of 1 to 64 bytes without spaces")
        }
        guard !entries.contains(where: { $0.name == name }) else {
            throw ExecutionError(.badCommand, "\(name) has a token already; revoke it first")
        }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let token = Data(bytes).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
        entries.append(
            Entry(
                name: name, sha256: SHA256Digest.hex(of: Data(token.utf8)), made: now.exactISO8601,
                ends: days.map { (now + $0).exactISO8601 }))
        try write(entries)
        return token
    }

    /// Takes a name's token away; it is refused from now on.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where the name has none.
    public func revoke(_ name: String) throws {
        let entries = try entries()
        guard entries.contains(where: { $0.name == name }) else {
            throw ExecutionError(.unknownItem, "\(name.printable) has no token")
        }
        try write(entries.filter { $0.name != name })
    }

    /// Whose token this is; `nil` where it is nobody's, or not valid any more.
    public func name(of token: String, at now: MJD) throws -> String? {
        let digest = Array(SHA256Digest.hex(of: Data(token.utf8)).utf8)
        var name: String?
        for entry in try entries() {
            let own = Array(entry.sha256.utf8)
            // All bytes of all entries are looked at, whatever they are.
            var difference = own.count == digest.count ? 0 : 1 as UInt8
            for (left, right) in zip(own, digest) { difference |= left ^ right }
            let isOver = entry.ends.flatMap { MJD(iso8601: $0) }.map { $0 <= now } ?? false
            if difference == 0 && !isOver { name = entry.name }
        }
        return name
    }

    private func write(_ entries: [Entry]) throws {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try StoredFiles.makeFolder((path as NSString).deletingLastPathComponent)
            let data = try encoder.encode(entries)
            let next = "\(path).next"
            try? FileManager.default.removeItem(atPath: next)
            guard
                FileManager.default.createFile(
                    atPath: next, contents: data, attributes: [.posixPermissions: 0o600]),
                rename(next, path) == 0
            else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw ExecutionError(
                .storage, "\(path): cannot be written: \(StoredFiles.reason(error))")
        }
    }
}
