import Documents
import Testing

@testable import CommonWorkflow

@Suite struct FileObjectTests {
    @Test(
        "the extension begins with the last point that is not the name's first",
        arguments: [
            ("a.tar.gz", "a.tar", ".gz"), (".bashrc", ".bashrc", ""), ("..a.b", "..a", ".b"),
            ("none", "none", ""), ("end.", "end", "."),
        ])
    func nameParts(name: String, root: String, ending: String) {
        let parts = FileObject.nameParts(name)
        #expect(parts.root == root)
        #expect(parts.ending == ending)
    }

    @Test("paths are names as they are, locations are references")
    func located() {
        #expect(
            FileObject.located(["class": "File", "path": "a %20#"], in: "/d")["location"]
                == "file:///d/a%20%2520%23")
        #expect(
            FileObject.located(["class": "File", "location": "a%20b"], in: "/d")["location"]
                == "file:///d/a%20b")
        #expect(FileObject.located(["location": "a"], in: "/d") == ["location": "a"])
    }
}
