import Glibc

/// How a pilot ended, as it leaves it in its folder.
public struct PilotEnd: Hashable, Sendable {
    public var reason: Reason
    /// How many attempts had a result.
    public var payloads: Int

    public enum Reason: String, Hashable, Sendable {
        /// There was nothing to do.
        case idle
        /// The batch system told it to end.
        case drain
        /// Its time was over.
        case walltime
        /// Its runner speaks another version.
        case version
        /// Its runner told it to end.
        case runner
        /// There was nothing to do and no runner to be reached.
        case unreachable
    }

    public init(_ reason: Reason, payloads: Int) {
        self.reason = reason
        self.payloads = payloads
    }

    /// The file of a task, from 1, in the folder of its job.
    public static func path(in folder: String, task: Int) -> String { "\(folder)/\(task).ended" }

    /// Writes the file, whole.
    ///
    /// - Throws: `PayloadError` of code `file`.
    public func write(in folder: String, task: Int) throws(PayloadError) {
        var writer = JSONWriter()
        writer.object {
            $0.field("reason", reason.rawValue)
            $0.field("payloads", payloads)
        }
        try WholeFile.write(
            writer.bytes + [0x0A], to: Self.path(in: folder, task: task), mode: 0o644)
    }

    /// What a task has left; `nil` where it has left nothing, or nothing that is understood.
    public init?(folder: String, task: Int) {
        guard let bytes = contents(of: Self.path(in: folder, task: task), limit: 1 << 12),
            let fields = try? JSONFields(try JSONReader.value(of: bytes), "end"),
            let reason: Reason = try? fields.word("reason"),
            let payloads = try? fields.count("payloads")
        else { return nil }
        self.init(reason, payloads: payloads)
    }
}
