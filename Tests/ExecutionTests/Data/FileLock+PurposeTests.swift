import struct Files.FileLock
import Testing

@testable import Execution

@Suite struct FileLockPurposeTests {
    @Test("a lock is held once, and is free again when it ends")
    func exclusive() throws {
        let folder = try TestFolder()
        let path = "\(folder.path)/lock"
        do {
            let lock = try FileLock.taken(path, purpose: "first")
            #expect(FileLock.isHeld(path))
            let error = try #require(throws: ExecutionError.self) {
                _ = try FileLock.taken(path, purpose: "another runner serves SDC-FR")
            }
            #expect(
                error == ExecutionError(.busy, "another runner serves SDC-FR: \(path) is locked"))
            _ = lock
        }
        #expect(!FileLock.isHeld(path))
        #expect(!FileLock.isHeld("\(folder.path)/none"))
    }
}
