import Testing

@testable import Files

@Suite struct FileLockTests {
    @Test("one holds the lock; who asks meanwhile is told that it is busy, until it is let go of")
    func exclusive() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lock"
        #expect(!FileLock.isHeld(path))
        do {
            let lock = try FileLock(path)
            #expect(FileLock.isHeld(path))
            do throws(FilesError) {
                _ = try FileLock(path)
                Issue.record("two hold the lock")
            } catch {
                #expect(error.code == .busy)
                #expect(error.description == "cannot lock \(path): another holds it")
            }
            extendLifetime(lock)
        }
        #expect(!FileLock.isHeld(path))
        let again = try FileLock(path)
        #expect(FileLock.isHeld(path))
        extendLifetime(again)
    }

    @Test("who waits gets the lock once it is free")
    func waits() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lock"
        let waiting: Task<Bool, any Error>
        do {
            let lock = try FileLock(path)
            waiting = Task {
                let lock = try await FileLock.waiting(for: path)
                defer { extendLifetime(lock) }
                return FileLock.isHeld(path)
            }
            for _ in 0..<10 { await Task.yield() }
            #expect(FileLock.isHeld(path))
            extendLifetime(lock)
        }
        #expect(try await waiting.value)
        #expect(!FileLock.isHeld(path))
    }

    @Test("a lock in a folder that is not there is a failure")
    func noFolder() throws {
        let folder = try TemporaryFolder()
        do throws(FilesError) {
            _ = try FileLock(folder.path + "/none/lock")
            Issue.record("locked")
        } catch {
            #expect(error.code == .missing)
        }
    }
}
