import Digests
import Foundation
import Glibc
import Workflows

extension AttemptPreparation {
    /// What an attempt is of: its command, the bytes of its program and inputs, its release and
    /// its place in the graph; two of the same give the same files.
    ///
    /// - Returns: `nil` where its files are not all that it leaves: an epilog, or one that makes
    ///   lists of further files.
    func contentKey(of plan: AttemptPlan) throws -> String? {
        guard plan.environment["SGS_PHASE"] == nil,
            plan.executable.outputs.allSatisfy({ $0.content == .file }),
            let program = library.program(plan.executable)
        else { return nil }
        var fields = [plan.executable.contentKey, plan.path, try digest(program)]
        for (name, value) in plan.environment.sorted(by: { $0.key < $1.key })
        where !Self.ofTheAttempt.contains(name) {
            fields.append("\(name)=\(value)")
        }
        for (port, paths) in plan.files.sorted(by: { $0.key < $1.key }) {
            fields.append("<\(port)")
            for path in paths { fields.append(try digest(path)) }
            if let tuples = plan.tuples[port] { fields.append("\(tuples.map(\.count))") }
        }
        return SHA256Digest.hex(of: try Document.data(fields))
    }

    /// Of the environment, what is another with each run and attempt.
    private static let ofTheAttempt: Set<String> = [
        "SGS_RUN", "SGS_ATTEMPT_NUMBER", "SGS_CORES", "SGS_MEMORY_MIB",
    ]

    /// A file's digest; of what is no file, the text itself.
    private func digest(_ path: String) throws -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return try known.digest(of: String(cString: resolved))?.sha256 ?? path
    }
}
