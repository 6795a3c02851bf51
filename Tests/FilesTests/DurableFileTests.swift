import Foundation
import Testing

@testable import Files

@Suite struct DurableFileTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test("a file is replaced as a whole, and nothing else is left beside it")
    func replaced() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a"
        try DurableFile.write(Data("first".utf8), to: path)
        try DurableFile.write(Data(), to: path)
        #expect(try text(path) == "")
        let long = Data(repeating: 7, count: 1 << 20)
        try DurableFile.write(long, to: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == long)
        #expect(try FileTree.names(in: folder.path) == ["a"])
    }

    @Test("of several files all are written, or none where one cannot be")
    func several() throws {
        let folder = try TemporaryFolder()
        let files = ["a", "b", "c"].map { (name: $0, bytes: Data("first".utf8)) }
        try DurableFile.write(files, in: folder.path)
        try FileTree.remove(folder.path + "/b")
        try FileTree.makeFolder(folder.path + "/b")
        let error = #expect(throws: FilesError.self) {
            try DurableFile.write(files.map { ($0.name, Data("second".utf8)) }, in: folder.path)
        }
        #expect(error?.description == "cannot write \(folder.path)/b: Is a directory")
        #expect(error?.code == .refused)
        #expect(try text(folder.path + "/a") == "first")
        #expect(try text(folder.path + "/c") == "first")
        #expect(try FileTree.names(in: folder.path) == ["a", "b", "c"])
    }

    @Test("a folder that is not there is told as missing, a full disk as full")
    func codes() throws {
        let folder = try TemporaryFolder()
        let missing = #expect(throws: FilesError.self) {
            try DurableFile.write(Data(), to: folder.path + "/none/a")
        }
        #expect(missing?.code == .missing)
        #expect(missing?.reason == "No such file or directory")
        #expect(FilesError("cannot write", "a", errno: 28).code == .full)
        #expect(
            FilesError("cannot write", "a", errno: 28).description
                == "cannot write a: No space left on device")
    }

    @Test("a finished file moves over another, and what is not there does not move")
    func moves() throws {
        let folder = try TemporaryFolder()
        let (old, new) = (folder.path + "/old", folder.path + "/new")
        try DurableFile.write(Data("1".utf8), to: new)
        try DurableFile.write(Data("2".utf8), to: old)
        try DurableFile.move(old, to: new)
        #expect(try text(new) == "2")
        #expect(try FileTree.names(in: folder.path) == ["new"])
        let error = #expect(throws: FilesError.self) { try DurableFile.move(old, to: new) }
        #expect(error?.code == .missing)
        #expect(try text(new) == "2")
    }

    @Test("files and folders are brought to the disk, and what is not there is missing")
    func syncs() throws {
        let folder = try TemporaryFolder()
        try DurableFile.write(Data("1".utf8), to: folder.path + "/a")
        try DurableFile.sync(folder.path + "/a")
        try DurableFile.sync(folder.path)
        let error = #expect(throws: FilesError.self) {
            try DurableFile.sync(folder.path + "/b")
        }
        #expect(error?.description == "cannot open \(folder.path)/b: No such file or directory")
    }
}
