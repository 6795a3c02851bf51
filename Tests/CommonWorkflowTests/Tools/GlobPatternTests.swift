import Testing

@testable import CommonWorkflow

@Suite struct GlobPatternTests {
    @Test(
        "patterns find names in the order of their bytes, and no hidden ones",
        arguments: [
            ("*.txt", ["b.txt", "a.txt"].sorted()), ("[B-a]*", ["B", "a.txt"]), ("d/*", ["d/c"]),
            ("./d/../B", ["B"]), ("*/", ["d"]), (".*", [".hidden"]), ("none*", []),
            ("x[1]", ["x[1]"]),
        ])
    func found(pattern: String, names: [String]) throws {
        let folder = try DocumentFolder([
            "w/a.txt": "", "w/b.txt": "", "w/B": "", "w/.hidden": "", "w/d/c": "", "w/x[1]": "",
        ])
        let paths = try GlobPattern(pattern, in: folder.path + "/w").paths()
        #expect(paths.map { String($0.dropFirst(folder.path.count + 3)) } == names)
    }

    @Test(
        "a pattern that leads out of the folder is refused",
        arguments: ["/etc/*", "../*", "a/../../b"])
    func outside(pattern: String) {
        #expect(throws: CWLError.self) { try GlobPattern(pattern, in: "/tmp/x") }
    }

    @Test("the folder's own path may precede a pattern")
    func absolute() throws {
        let folder = try DocumentFolder(["a": ""])
        #expect(
            try GlobPattern("\(folder.path)/a", in: folder.path).paths() == ["\(folder.path)/a"])
    }
}
