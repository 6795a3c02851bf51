import Foundation
import Testing

@testable import Execution

@Suite struct KnownFilesTests {
    private let folder: TestFolder
    private let path: String
    private let known = KnownFiles()

    init() throws {
        folder = try TestFolder()
        path = try folder.write("abc", to: "file")
    }

    /// SHA-256 of "abc" (FIPS 180-4, example B.1).
    private let abc = FileDigest(
        bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")

    @Test("a file's digest is that of its bytes, also after they have changed")
    func digest() throws {
        #expect(try known.digest(of: path) == abc)
        try folder.write("abd", to: "file")
        #expect(try known.digest(of: path) != abc)
        #expect(!known.holds(path, abc))
    }

    @Test("a byte that is flipped in place under the old size and time is found")
    func flipped() throws {
        #expect(known.holds(path, abc))
        let before = try #require(KnownFiles.Mark(path))
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.write(contentsOf: Data("x".utf8))
        try handle.close()
        var times = [timespec(), timespec()]
        times[0] = timespec(tv_sec: 0, tv_nsec: 0)
        times[1] = timespec(
            tv_sec: Int(before.modified / 1_000_000_000),
            tv_nsec: Int(before.modified % 1_000_000_000))
        #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
        #expect(!known.holds(path, abc))
    }

    @Test("what was learnt is given out once, and what was forgotten as nothing")
    func fresh() throws {
        _ = try known.digest(of: path)
        let first = known.takeFresh()
        #expect(first.map(\.path) == [path])
        #expect(first.first?.entry?.sha256 == abc.sha256)
        #expect(known.takeFresh().isEmpty)
        known.forget(path)
        #expect(known.takeFresh().map(\.entry) == [nil])
    }

    @Test("there is no digest of what is no regular file", arguments: ["missing", ""])
    func none(name: String) throws {
        #expect(try known.digest(of: "\(folder.path)/\(name)") == nil)
    }

    @Test("a file that has changed is not taken for what it was, however often one asks")
    func unchanged() throws {
        #expect(try known.isUnchanged(path))
        #expect(try known.isUnchanged(path))
        try folder.write("abd", to: "file")
        #expect(try !known.isUnchanged(path))
        #expect(try !known.isUnchanged(path))
        try folder.write("abc", to: "file")
        #expect(try known.isUnchanged(path))
    }

    @Test("a file that is gone is not what it was")
    func gone() throws {
        #expect(try known.isUnchanged(path))
        try StoredFiles.remove(path)
        #expect(try !known.isUnchanged(path))
    }

    @Test("of a folder that is gone nothing is known any more")
    func forgets() throws {
        let other = try folder.write("abc", to: "file2")
        let inner = try folder.write("abc", to: "inner/file")
        for file in [path, other, inner] { _ = try known.digest(of: file) }
        _ = known.takeFresh()
        known.forget(below: "\(folder.path)/inner")
        let fresh = known.takeFresh()
        #expect(fresh.map(\.path) == [inner])
        #expect(fresh.allSatisfy { $0.entry == nil })
    }
}
