import Foundation
import Testing

@testable import LinearProgramming

@Suite("HiGHSSearch")
struct HiGHSSearchTests {
    /// A prefix with highspy in each of `pythons`, and a `bin/python3`.
    private func prefix(pythons: [String]) throws -> String {
        let files = FileManager.default
        let root = files.temporaryDirectory.appendingPathComponent("highs-\(UUID())")
            .resolvingSymlinksInPath().path
        for python in pythons {
            let folder = "\(root)/lib/\(python)/site-packages/highspy"
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: "\(folder)/libhighs.so.1"))
        }
        try files.createDirectory(atPath: "\(root)/bin", withIntermediateDirectories: true)
        let program = URL(fileURLWithPath: "\(root)/bin/python3")
        try Data("#!/bin/sh\n".utf8).write(to: program)
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        return root
    }

    @Test("SGS_HIGHS_LIBRARY alone decides where it is set")
    func named() {
        let search = HiGHSSearch(environment: ["SGS_HIGHS_LIBRARY": "/a/b.so", "PATH": "/usr/bin"])
        #expect(search.places == ["/a/b.so"])
    }

    @Test("the loader comes first, then the newest Python of the python3 on the PATH")
    func order() throws {
        let root = try prefix(pythons: ["python3.9", "python3.12"])
        defer { try? FileManager.default.removeItem(atPath: root) }
        let search = HiGHSSearch(environment: ["PATH": "/nowhere:\(root)/bin"])
        let folders = ["python3.12", "python3.9"].map { "\(root)/lib/\($0)/site-packages/highspy" }
        #expect(
            Array(search.places.prefix(4))
                == ["libhighs.so.1", "libhighs.so"] + folders.map { "\($0)/libhighs.so.1" })
    }

    @Test("the virtual environment comes before the PATH")
    func virtualEnvironment() throws {
        let (first, second) = (
            try prefix(pythons: ["python3.11"]), try prefix(pythons: ["python3.11"])
        )
        defer {
            for root in [first, second] { try? FileManager.default.removeItem(atPath: root) }
        }
        let search = HiGHSSearch(environment: ["VIRTUAL_ENV": first, "PATH": "\(second)/bin"])
        #expect(search.places[2].hasPrefix(first))
        #expect(search.places[3].hasPrefix(second))
    }
}
