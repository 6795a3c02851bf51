import Files
import Foundation
import GroundSegment
import Synchronization
import Testing

@testable import Execution

/// What every transport has to do, on a folder that it reaches.
@Suite(.timeLimit(.minutes(12))) struct StorageTransportTests {
    private let folder: TestFolder
    private let storage: Storage
    private let known = KnownFiles()
    /// The folder of the other SDC.
    private let root: String

    init() throws {
        folder = try TestFolder()
        storage = Storage(root: "\(folder.path)/here", sdc: "SDC-FR")
        root = "\(folder.path)/there/SDC-IT"
        try StoredFiles.makeFolder(root)
    }

    enum Kind: String, CaseIterable, Sendable { case file, ssh, daemon }

    private static let kinds = RsyncServer.isPossible ? Kind.allCases : [.file]

    /// Checks a transport while its server runs.
    private func with(
        _ kind: Kind, _ check: (any StorageTransport, RsyncServer?) throws -> Void
    ) async throws {
        guard let other = RsyncServer.Kind(rawValue: kind.rawValue) else {
            return try check(FileTransport(folder: root, writer: storage, known: known), nil)
        }
        let server = try await RsyncServer(other, for: root, in: folder)
        defer { server.end() }
        try check(
            RsyncTransport(address: server.address, bandwidth: nil, known: known), server)
    }

    private func make(_ name: String, bytes: Int = 300_000) throws -> FileDigest {
        var numbers = SeededNumbers(seed: 7)
        let data = Data((0..<bytes).map { _ in UInt8.random(in: 0...255, using: &numbers) })
        try StoredFiles.makeFolder(("\(folder.path)/\(name)" as NSString).deletingLastPathComponent)
        try data.write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
        return try #require(try FileDigest(ofFile: "\(folder.path)/\(name)"))
    }

    private let file = "survey/observation/50294%2FA/raw.fits"
    private var target: String { "\(folder.path)/here/SDC-FR/.cache/\(file)" }

    @Test("a file is brought with its bytes", arguments: kinds)
    func fetches(kind: Kind) async throws {
        let digest = try make("there/SDC-IT/\(file)")
        try await with(kind) { transport, _ in
            try storage.fetch(file, by: transport, to: target, expecting: digest, known: known)
        }
        try digest.verify(target)
        #expect(StoredFiles.names(in: "\(folder.path)/here/SDC-FR/.incoming").isEmpty)
    }

    @Test("a file that was cut is gone on with where it stood", arguments: kinds)
    func resumes(kind: Kind) async throws {
        let digest = try make("there/SDC-IT/\(file)")
        let partial = "\(folder.path)/here/SDC-FR/.incoming/SDC-FR~\(digest.sha256)"
        try StoredFiles.makeFolder((partial as NSString).deletingLastPathComponent)
        let all = try #require(FileManager.default.contents(atPath: "\(root)/\(file)"))
        try all.prefix(200_000).write(to: URL(fileURLWithPath: partial))
        try await with(kind) { transport, server in
            try storage.fetch(file, by: transport, to: target, expecting: digest, known: known)
            guard kind == .daemon, let server else { return }
            let log = try String(contentsOfFile: server.log, encoding: .utf8)
            let bytes = log.split(separator: "transfer ").dropFirst().compactMap {
                Int($0.prefix { $0.isNumber })
            }
            #expect(bytes.reduce(0, +) < 150_000)
            #expect(bytes.reduce(0, +) > 100_000)
        }
        try digest.verify(target)
    }

    @Test("a file that is not there, or a storage that is not, is told apart", arguments: kinds)
    func missing(kind: Kind) async throws {
        let digest = try make("source")
        try await with(kind) { transport, _ in
            let noFile = try #require(throws: ExecutionError.self) {
                try storage.fetch(file, by: transport, to: target, expecting: digest, known: known)
            }
            #expect(noFile.code == .inputMissing)
            try StoredFiles.remove(root)
            let noStorage = try #require(throws: ExecutionError.self) {
                try storage.fetch(file, by: transport, to: target, expecting: digest, known: known)
            }
            #expect(noStorage.code == .storage)
        }
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test("a file with other bytes than were recorded is not kept", arguments: kinds)
    func corrupted(kind: Kind) async throws {
        let digest = try make("there/SDC-IT/\(file)")
        let handle = try #require(FileHandle(forUpdatingAtPath: "\(root)/\(file)"))
        try handle.write(contentsOf: Data([1, 2, 3, 4]))
        try handle.close()
        try await with(kind) { transport, _ in
            let error = try #require(throws: ExecutionError.self) {
                try storage.fetch(file, by: transport, to: target, expecting: digest, known: known)
            }
            #expect(error.code == .corrupted)
        }
        #expect(!FileManager.default.fileExists(atPath: target))
        #expect(StoredFiles.names(in: "\(folder.path)/here/SDC-FR/.incoming").isEmpty)
    }

    @Test("a file is left there whole and read-only, twice the same", arguments: kinds)
    func sends(kind: Kind) async throws {
        let digest = try make("source")
        try await with(kind) { transport, _ in
            for _ in 0..<2 {
                try transport.send("\(folder.path)/source", to: file, expecting: digest)
            }
        }
        try digest.verify("\(root)/\(file)")
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(root)/\(file)")
        #expect(attributes[.posixPermissions] as? Int == 0o444)
    }

    @Test("a damaged file there is replaced", arguments: kinds)
    func replaces(kind: Kind) async throws {
        let digest = try make("source")
        _ = try make("there/SDC-IT/\(file)")
        let handle = try #require(FileHandle(forUpdatingAtPath: "\(root)/\(file)"))
        try handle.write(contentsOf: Data([1, 2, 3, 4]))
        try handle.close()
        try await with(kind) { transport, _ in
            try transport.send("\(folder.path)/source", to: file, expecting: digest)
        }
        try digest.verify("\(root)/\(file)")
    }

    @Test("a file whose bytes here are others is not sent", arguments: kinds)
    func wrongSource(kind: Kind) async throws {
        let digest = try make("source")
        try folder.write("other", to: "source")
        try await with(kind) { transport, _ in
            let error = try #require(throws: ExecutionError.self) {
                try transport.send("\(folder.path)/source", to: file, expecting: digest)
            }
            #expect(error.code == .corrupted)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(root)/\(file)"))
    }

    @Test("a server that does not answer is a storage that cannot be used now")
    func noServer() throws {
        let transport = RsyncTransport(
            address: RsyncAddress(
                host: "127.0.0.1", port: 1, path: "m/d", access: .daemon(passwordFile: nil)),
            bandwidth: nil, known: known)
        let error = try #require(throws: ExecutionError.self) {
            try transport.fetch(file, to: "\(folder.path)/x")
        }
        #expect(error.code == .storage)
    }

    @Test("a bandwidth makes each byte wait for its time")
    func pace() {
        #expect(Pace(bandwidth: 2).seconds(for: 4096) == 2)
    }

    @Test("no more transfers go on at once than are allowed")
    func atOnce() async throws {
        let counter = Counter()
        let transport = LimitedTransport(counter, atOnce: 2)
        let work = BlockingThreads(most: 6)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<12 {
                group.addTask { try await work.run { try transport.fetch("f", to: "p") } }
            }
            try await group.waitForAll()
        }
        #expect(counter.most == 2)
    }

    /// Counts how many calls are under way; the first waits for another one.
    private final class Counter: StorageTransport {
        private let state = Mutex((now: 0, most: 0))
        private let second = DispatchSemaphore(value: 0)
        private let isFirst = Mutex(true)

        var most: Int { state.withLock { $0.most } }

        func fetch(_ file: String, to path: String) throws {
            state.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            let first = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if first { second.wait() } else { second.signal() }
            state.withLock { $0.now -= 1 }
        }

        func send(_ path: String, to file: String, expecting digest: FileDigest) throws {}
    }
}
