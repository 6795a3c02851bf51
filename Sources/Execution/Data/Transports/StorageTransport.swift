/// The way to the storage of one SDC.
///
/// Files are named by their places below that SDC's folder: `SURVEY/observation/17/frames.fits`.
/// Both calls wait until it is done.
protocol StorageTransport: Sendable {
    /// Brings a file to a path here, which may hold what came of it before a cut.
    ///
    /// Its bytes are not looked at: who asks for it knows what they have to be.
    /// - Throws: `ExecutionError` of code `inputMissing` where the storage has no such file, of
    ///   code `storage` where the storage or the path cannot be used now.
    func fetch(_ file: String, to path: String) throws

    /// Leaves a file there under its name, whole, verified and read-only, or not at all; one that
    /// is there already with the same bytes stays.
    ///
    /// - Throws: `ExecutionError` of code `storage` where the storage or the file cannot be used
    ///   now, of code `corrupted` where the file here has other bytes.
    func send(_ path: String, to file: String, expecting digest: FileDigest) throws
}
