import Foundation
import Testing

@testable import Reporting

@Suite("RunFolder")
struct RunFolderTests {
    /// A folder of its own, which is removed at the end.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "run-folder-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    private func write(_ word: String, to path: String) throws {
        try RunFolder(path: path).write([("a.txt", Data(word.utf8)), ("b.txt", Data(word.utf8))])
    }

    @Test("files replace those of the run before, in a folder that is made where it is missing")
    func replaced() throws {
        try withFolder { path in
            try write("first", to: path + "/runs/one")
            try write("second", to: path + "/runs/one")
            #expect(try text(path + "/runs/one/a.txt") == "second")
            #expect(try text(path + "/runs/one/b.txt") == "second")
            let names = try FileManager.default.contentsOfDirectory(atPath: path + "/runs/one")
            #expect(names.sorted() == ["a.txt", "b.txt"])
        }
    }

    @Test("a folder in the place of one file keeps all others as they were")
    func folderInTheWay() throws {
        try withFolder { path in
            try write("first", to: path)
            try FileManager.default.removeItem(atPath: path + "/b.txt")
            try FileManager.default.createDirectory(
                atPath: path + "/b.txt", withIntermediateDirectories: true)
            #expect(
                throws: RunFolderError(path: path + "/b.txt", reason: "Is a directory")
            ) { try write("second", to: path) }
            #expect(try text(path + "/a.txt") == "first")
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(names.sorted() == ["a.txt", "b.txt"])
        }
    }

    @Test("a folder that cannot be made is named with the system's reason")
    func noFolder() throws {
        try withFolder { path in
            try Data().write(to: URL(fileURLWithPath: path + "/file"))
            #expect(
                throws: RunFolderError(path: path + "/file/runs", reason: "Not a directory")
            ) { try write("first", to: path + "/file/runs") }
        }
    }

    @Test("a file that the run before wrote and this one does not is taken away")
    func stale() throws {
        try withFolder { path in
            try write("old", to: path)
            try RunFolder(path: path).write([("a.txt", Data("new".utf8))], removing: ["b.txt"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["a.txt"])
        }
    }
}
