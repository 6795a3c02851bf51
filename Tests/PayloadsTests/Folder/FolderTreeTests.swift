import Foundation
import Glibc
import Testing

@testable import Payloads

@Suite struct FolderTreeTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test("a folder is made with its parents, and may be there already")
    func makes() throws {
        try FolderTree.make("\(folder.path)/a/b/c/")
        try FolderTree.make("\(folder.path)/a/b/c")
        #expect(folder.exists("a/b/c"))
        try folder.write("x", to: "f")
        let error = #expect(throws: PayloadError.self) { try FolderTree.make("\(folder.path)/f/g") }
        #expect(error?.code == .file)
    }

    @Test("a folder goes with all in it, what links in it point to stays")
    func removes() throws {
        try folder.write("x", to: "kept/f")
        try folder.write("x", to: "gone/a/b/f")
        symlink("../kept", "\(folder.path)/gone/link")
        #expect(FolderTree.remove("\(folder.path)/gone"))
        #expect(!folder.exists("gone"))
        #expect(folder.exists("kept/f"))
        symlink("kept", "\(folder.path)/link")
        #expect(FolderTree.remove("\(folder.path)/link"))
        #expect(folder.exists("kept/f"))
        #expect(FolderTree.remove("\(folder.path)/nothing"))
    }

    @Test("no more is removed than was allowed, the rest the next time")
    func budget() throws {
        for number in 0..<10 { try folder.write("x", to: "gone/\(number)") }
        #expect(!FolderTree.remove("\(folder.path)/gone", budget: 4))
        #expect(try folder.names(in: "gone").count == 6)
        #expect(FolderTree.remove("\(folder.path)/gone", budget: 6))
    }

    @Test("the size is that of everything below, as far as is looked")
    func sizes() throws {
        let text = String(repeating: "x", count: 100_000)
        try folder.write(text, to: "s/a")
        try folder.write(text, to: "s/in/b")
        symlink("/", "\(folder.path)/s/root")
        let size = FolderTree.size("\(folder.path)/s", budget: 1000)
        #expect(size >= 200_000)
        #expect(size < 400_000)
        #expect(FolderTree.size("\(folder.path)/s", budget: 0) == 0)
        #expect(FolderTree.size("\(folder.path)/none", budget: 9) == 0)
    }
}
