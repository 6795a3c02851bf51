import Foundation
import Testing

@testable import Files

@Suite struct FileTreeTests {
    @Test("a folder is made with all above it, and one that is there will do")
    func makes() throws {
        let folder = try TemporaryFolder()
        try FileTree.makeFolder(folder.path + "/a/b/c")
        try FileTree.makeFolder(folder.path + "/a/b/c")
        #expect(FileTree.isFolder(folder.path + "/a/b/c"))
        #expect(!FileTree.isFolder(folder.path + "/a/b/d"))
    }

    @Test("a file in the way of a folder is named with the system's reason")
    func inTheWay() throws {
        let folder = try TemporaryFolder()
        try DurableFile.write(Data(), to: folder.path + "/file")
        let error = #expect(throws: FilesError.self) {
            try FileTree.makeFolder(folder.path + "/file/a")
        }
        #expect(
            error?.description == "cannot make folder \(folder.path)/file/a: Not a directory")
        let same = #expect(throws: FilesError.self) {
            try FileTree.makeFolder(folder.path + "/file")
        }
        #expect(same?.reason == "File exists")
    }

    @Test("names come in order; of no folder there are none, and a file has none")
    func names() throws {
        let folder = try TemporaryFolder()
        for name in ["b", "a", ".c"] {
            try DurableFile.write(Data(), to: folder.path + "/" + name)
        }
        #expect(try FileTree.names(in: folder.path) == [".c", "a", "b"])
        #expect(try FileTree.names(in: folder.path + "/none") == [])
        #expect(throws: FilesError.self) { try FileTree.names(in: folder.path + "/a") }
    }

    @Test("a tree is removed whole, and nothing is removed where there is nothing")
    func removes() throws {
        let folder = try TemporaryFolder()
        try FileTree.makeFolder(folder.path + "/a/b")
        try DurableFile.write(Data(), to: folder.path + "/a/b/c")
        try FileTree.remove(folder.path + "/a")
        try FileTree.remove(folder.path + "/a")
        #expect(try FileTree.names(in: folder.path) == [])
    }

    @Test("only a regular file has a size")
    func sizes() throws {
        let folder = try TemporaryFolder()
        try DurableFile.write(Data("12345".utf8), to: folder.path + "/a")
        #expect(FileTree.size(folder.path + "/a") == 5)
        #expect(FileTree.size(folder.path) == nil)
        #expect(FileTree.size(folder.path + "/none") == nil)
    }
}
