import Foundation
import Glibc
import Testing

@testable import Files

@Suite("RegularFile")
struct RegularFileTests {
    private func fault(_ path: String, limit: Int = 100) -> String? {
        do throws(FileError) {
            _ = try RegularFile.contents(of: path, limit: limit)
            return nil
        } catch {
            return "found \(error.found), expected \(error.expected)"
        }
    }

    @Test("a file up to the limit is read whole, also through a symbolic link")
    func whole() throws {
        let folder = try TemporaryFolder()
        let data = Data((0..<100).map { UInt8($0) })
        try data.write(to: URL(fileURLWithPath: folder.path + "/a"))
        #expect(symlink(folder.path + "/a", folder.path + "/b") == 0)
        #expect(try RegularFile.contents(of: folder.path + "/b", limit: 100) == data)
        #expect(
            fault(folder.path + "/a", limit: 99)
                == "found a file of 100 bytes, expected at most 99 bytes")
    }

    @Test(
        "what is no regular file is told, and nothing waits for it",
        arguments: [
            ("/dev/zero", "a device"), ("/dev/urandom", "a device"), ("/dev/null", "a device"),
            ("/", "a folder"), ("/nowhere/at/all", "No such file or directory"),
            ("/etc/hostname/x", "Not a directory"), ("a\0b", "a name with a zero byte"),
        ])
    func others(path: String, found: String) {
        #expect(fault(path) == "found \(found), expected a readable file")
    }

    @Test("a missing file, a folder and a large file are told apart by the error's code")
    func codes() throws {
        let folder = try TemporaryFolder()
        try Data(count: 3).write(to: URL(fileURLWithPath: folder.path + "/a"))
        for (path, code) in [
            ("/nowhere", FileError.Code.cannotRead), ("/", .notRegular),
            (folder.path + "/a", .tooLarge),
        ] {
            let error = #expect(throws: FileError.self) {
                try RegularFile.contents(of: path, limit: 2)
            }
            #expect(error?.code == code)
        }
    }

    @Test("a named pipe without a writer does not keep its reader waiting")
    func pipe() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.path + "/p", 0o600) == 0)
        #expect(fault(folder.path + "/p") == "found a named pipe, expected a readable file")
    }

    @Test("a file with more bytes than the disk has is refused by its size")
    func sparse() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/s"
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        #expect(truncate(path, 100 << 30) == 0)
        #expect(
            fault(path) == "found a file of 107374182400 bytes, expected at most 100 bytes")
    }

    @Test("a file that says it is empty and does not end is refused at the limit")
    func endless() {
        #expect(
            fault("/proc/self/maps", limit: 10)
                == "found more than 10 bytes, expected at most 10 bytes")
    }
}
