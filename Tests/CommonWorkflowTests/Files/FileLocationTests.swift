import Testing

@testable import CommonWorkflow

@Suite struct FileLocationTests {
    @Test(
        "a reference names a path, decoded, in its folder",
        arguments: [
            ("a%20b%231", "/d/a b#1"), ("../x/./y", "/x/y"), ("file:///e/%C3%A9", "/e/\u{e9}"),
            ("A%3AB", "/d/A:B"), ("100%", "/d/100%"), ("/abs//x/", "/abs/x"),
        ])
    func references(reference: String, path: String) {
        #expect(FileLocation.path(ofReference: reference, in: "/d") == path)
    }

    @Test(
        "what is elsewhere has no path",
        arguments: ["http://host/x", "s3://b/k", "file://host/x", "_:b1"])
    func elsewhere(reference: String) {
        #expect(FileLocation.path(ofReference: reference, in: "/d") == nil)
    }

    @Test("a path and its URI are the same place")
    func both() {
        let path = "/d/item #1: 50% \u{e9}"
        #expect(FileLocation.uri(ofPath: path) == "file:///d/item%20%231%3A%2050%25%20%C3%A9")
        #expect(FileLocation.path(ofURI: FileLocation.uri(ofPath: path)) == path)
    }
}
