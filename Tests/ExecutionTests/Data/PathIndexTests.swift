import Testing

@testable import Execution

struct PathIndexTests {
    @Test("below a folder are the paths in it at any level, and no others")
    func below() {
        let index = PathIndex(["/a/b/c", "/a/b/d/e", "/a/bc/f", "/a/g", "h"])
        #expect(Set(index.below("/a/b")) == ["/a/b/c", "/a/b/d", "/a/b/d/e"])
        #expect(Set(index.below("/a/bc")) == ["/a/bc/f"])
        #expect(index.below("/a/g") == [])
        #expect(index.below("/none") == [])
    }

    @Test("a path that was removed is gone, with the folders that held nothing else")
    func remove() {
        var index = PathIndex(["/a/b/c", "/a/b/d/e"])
        index.remove("/a/b/d/e")
        #expect(Set(index.below("/a")) == ["/a/b", "/a/b/c"])
        index.remove("/a/b/none")
        index.remove("/a/b")
        #expect(Set(index.below("/a")) == ["/a/b", "/a/b/c"])
        index.remove("/a/b/c")
        #expect(index.below("") == [])
        index.insert("/a/b/c")
        #expect(Set(index.below("")) == ["/a", "/a/b", "/a/b/c"])
    }

    @Test("what is below a folder is the same as by a look at all paths")
    func random() {
        var numbers = SeededNumbers(seed: 7)
        var (index, all) = (PathIndex(), Set<String>())
        for _ in 0..<2000 {
            let folder = "/\(numbers.below(4))/\(numbers.below(4))"
            let path = "\(folder)/\(numbers.below(20)).txt"
            if numbers.below(3) == 0 {
                index.remove(path)
                all.remove(path)
            } else {
                index.insert(path)
                all.insert(path)
            }
            let found = index.below(folder).filter { $0.hasSuffix(".txt") }
            #expect(Set(found) == all.filter { $0.hasPrefix(folder + "/") })
            #expect(found.count == Set(found).count)
        }
    }
}
