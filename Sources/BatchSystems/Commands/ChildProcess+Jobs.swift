import Files

extension ChildProcess {
    /// A program in a process group of its own.
    ///
    /// - Throws: `BatchSystemError`: `notFound` where there is no such program.
    init(
        group words: [String], environment: [String: String], output: Int32, error: Int32
    ) throws(BatchSystemError) {
        do throws(FilesError) {
            try self.init(
                words, environment: environment, output: output, error: error, isGroup: true)
        } catch {
            throw BatchSystemError(
                error.code == .missing ? .notFound : .busy, error.description)
        }
    }

    /// Waits for its end; its number is then free for others.
    func exit() -> BatchJobExit {
        reap().map { BatchJobExit(waitStatus: Int($0)) } ?? .code(0)
    }
}
