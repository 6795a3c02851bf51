import Documents
import Testing

@testable import CommonWorkflow

@Suite struct FileCompletionTests {
    /// A file that is a literal.
    private func file(_ name: String, _ text: String) -> JSONValue {
        ["class": "File", "basename": .text(name), "contents": .text(text)]
    }

    private func folder(_ name: String, _ listing: [JSONValue]) -> JSONValue {
        ["class": "Directory", "basename": .text(name), "listing": .list(listing)]
    }

    @Test("literals are written, folders of one name become one")
    func literals() throws {
        let place = try DocumentFolder()
        let completion = FileCompletion(folders: try JobFolders(in: place.path + "/temporary"))
        let whole = try completion.complete(
            folder("a", [folder("b", [file("x", "1")]), folder("b", [file("y", "2")])]))
        let path = try FileObject.path(whole)
        #expect(try String(contentsOfFile: path + "/b/x", encoding: .utf8) == "1")
        #expect(try String(contentsOfFile: path + "/b/y", encoding: .utf8) == "2")
        #expect(try completion.complete(file("t.txt", "abc"))["size"] == 3)
        completion.folders.remove()
        #expect(try place.names(in: "temporary").isEmpty)
    }

    @Test("names that are none, and two files of one name, are refused")
    func refused() throws {
        let place = try DocumentFolder()
        let completion = FileCompletion(folders: try JobFolders(in: place.path + "/temporary"))
        for value in [
            file("../x", ""), file("a/b", ""), file("", ""), ["class": "File"],
            folder("d", [file("x", "1"), file("x", "2")]),
            ["class": "File", "location": "http://h/x"],
            ["class": "Directory", "location": "file:///etc/hostname"],
        ] as [JSONValue] {
            #expect(throws: CWLError.self) { try completion.complete(value) }
        }
    }
}
