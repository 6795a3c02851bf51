import Foundation

@testable import Execution

/// A small file system in memory, where this process may mount one.
struct SmallDisk {
    let path: String

    static let isPossible: Bool = {
        guard let folder = try? TestFolder(),
            let disk = try? SmallDisk(at: "\(folder.path)/disk", mebibytes: 1)
        else { return false }
        disk.unmount()
        return true
    }()

    init(at path: String, mebibytes: Int) throws {
        self.path = path
        try StoredFiles.makeFolder(path)
        guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(mebibytes)m", "tmpfs", path) == 0
        else { throw ExecutionError(.storage, "cannot mount \(path)") }
    }

    /// Fills it to the last byte, and gives the file that does.
    func fill() throws -> String {
        let filler = "\(path)/filler"
        _ = Self.run("dd", "if=/dev/zero", "of=\(filler)", "bs=4096")
        return filler
    }

    func unmount() { _ = Self.run("umount", "-l", path) }

    private static func run(_ words: String...) -> Int32 {
        (try? OutsideProgram(words).end())?.status ?? -1
    }
}
