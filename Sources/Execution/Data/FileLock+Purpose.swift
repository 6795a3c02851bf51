import Files

extension FileLock {
    /// Takes the lock, making the file where there is none.
    ///
    /// - Throws: `ExecutionError` of code `busy` where another process holds it, with what it is
    ///   held for, of code `storage` where the file cannot be opened.
    static func taken(_ path: String, purpose: String) throws -> FileLock {
        do throws(FilesError) {
            return try FileLock(path)
        } catch {
            throw error.code == .busy
                ? ExecutionError(.busy, "\(purpose): \(path) is locked")
                : ExecutionError(.storage, error.description)
        }
    }

    /// The same, with some time for the other to end.
    static func taken(_ path: String, purpose: String, patience: Duration) async throws -> FileLock
    {
        let end = ContinuousClock.now + patience
        while true {
            do {
                return try taken(path, purpose: purpose)
            } catch let error as ExecutionError where error.code == .busy {
                guard ContinuousClock.now < end else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }
}
