import Foundation
import Glibc
import GroundSegment
import Payloads
import Workflows

/// Makes what an attempt needs before it can start: its folders and its lists of files.
struct AttemptPreparation: Sendable {
    let library: PipelineLibrary
    let known: KnownFiles
    let storage: Storage
    var environment: SiteEnvironment?

    /// What the host is asked to run.
    ///
    /// - Throws: `ExecutionError` of code `storage` where something cannot be written, of code
    ///   `corrupted` where an input is not what it was, of code `environment` where its release is
    ///   not all there.
    func prepare(_ plan: AttemptPlan) throws -> PreparedAttempt {
        guard let program = library.program(plan.executable) else {
            throw ExecutionError(.host, "there is no program \(plan.executable.command)")
        }
        if let lack = environment?.lack(ofRelease: plan.release) {
            throw ExecutionError(.environment, lack)
        }
        try storage.verifyPresent()
        for path in plan.inputPaths where try !known.isUnchanged(path) {
            throw ExecutionError(.corrupted, "the input \(path) is not what it was")
        }
        try StoredFiles.makeFolder(plan.folder)
        try StoredFiles.makeFolder(plan.workFolder)
        for port in plan.executable.inputs where port.content == .listfile {
            let list = try plan.list(port.name)
            do {
                try Data(list.utf8).write(to: URL(fileURLWithPath: plan.listPath(port.name)))
            } catch {
                throw ExecutionError(
                    .storage,
                    "cannot write \(plan.listPath(port.name)): \(StoredFiles.reason(error))")
            }
        }
        let resources = plan.resources
        let command =
            environment?.command(ofRelease: plan.release, program, plan.arguments)
            ?? (program: program, arguments: plan.arguments)
        let order = AttemptOrder(
            id: plan.id, token: UInt64(plan.token), program: command.program,
            arguments: command.arguments,
            environment: plan.environment, folder: plan.folder, workFolder: plan.workFolder,
            temporaryFolder: plan.temporaryFolder, outputs: plan.outputs,
            limits: AttemptLimits(
                walltime: resources.walltime, memory: resources.memory,
                virtualMemory: resources.virtualMemory, temporary: resources.temporary),
            need: plan.need, cluster: plan.cluster)
        return PreparedAttempt(order: order, contentKey: try? contentKey(of: plan))
    }
}

/// An attempt that can start.
struct PreparedAttempt: Sendable {
    let order: AttemptOrder
    /// What it is an attempt of; `nil` where no other can stand for it.
    let contentKey: String?
}

/// What the files of an attempt that has ended are.
struct Examination: Hashable, Sendable {
    /// The output ports with a file, and its digest.
    var outputs: [String: FileDigest] = [:]
    /// What is wrong with the others.
    var badOutputs: [String: String] = [:]
    /// Why there may have been no room for what it wrote; `nil` where there was.
    var lack: String?
    /// Inputs that are not what they were before the attempt.
    var changedInputs: [String] = []
    /// The last words that it wrote on standard error.
    var lastLine = ""

    init() {}

    /// Of files that cannot be read, for this reason.
    init(unreadable reason: String) {
        badOutputs["files"] = "cannot be read: \(reason)"
        lack = reason
    }

    /// Looks at the outputs that an attempt declares, and at the inputs that it had.
    static func examine(_ plan: AttemptPlan, _ result: AttemptResult, known: KnownFiles) throws
        -> Examination
    {
        var examination = Examination()
        examination.changedInputs = try plan.inputPaths.filter { try !known.isUnchanged($0) }
        if result.exit != .code(0) {
            examination.lastLine = AttemptFolder(path: plan.folder).lastErrorLine()
            examination.lookForRoom(plan)
            return examination
        }
        for port in plan.executable.outputs {
            switch result.outputs[port.name] {
            case .file?, .hardLinked?:
                let path = plan.outputs[port.name] ?? ""
                chmod(path, Storage.readOnly)
                guard let digest = try known.digest(of: path) else {
                    examination.badOutputs[port.name] = "missing"
                    continue
                }
                examination.outputs[port.name] = digest
            case let other: examination.badOutputs[port.name] = Self.words(other ?? .missing)
            }
        }
        if !examination.badOutputs.isEmpty { examination.lookForRoom(plan) }
        return examination
    }

    /// Looks whether there is room on the disks that an attempt writes to; where there is none, what
    /// it left there is removed.
    private mutating func lookForRoom(_ plan: AttemptPlan) {
        let folders = [plan.workFolder, plan.folder].map { ($0, StoredFiles.lack(at: $0)) }
        lack =
            folders.lazy.compactMap { folder, lack in
                // What all attempts of all runs have in common.
                lack.map { "\(Self.parent(Self.parent(folder))): \($0)" }
            }.first
        if lack != nil { try? StoredFiles.remove(plan.workFolder) }
    }

    private static func parent(_ path: String) -> String {
        (path as NSString).deletingLastPathComponent
    }

    private static func words(_ fact: OutputFact) -> String {
        switch fact {
        case .file, .hardLinked: "a file"
        case .missing: "missing"
        case .link: "a link, or behind one"
        case .folder: "a folder"
        case .special: "a pipe, a socket or a device"
        case .outside: "outside its work folder"
        }
    }
}

extension Facts {
    /// The facts of an attempt's result and of its files.
    ///
    /// - Parameter owesOutputs: whether its outputs are looked at.
    init(_ result: AttemptResult, _ examination: Examination, granted: Int, owesOutputs: Bool) {
        let exit: Exit =
            switch result.exit {
            case .code(let code): .code(code)
            case .signal(let signal): .signal(signal)
            case .notStarted(let reason): .notStarted(printable(reason.utf8))
            }
        let cause: Cause? =
            switch result.ended {
            case .walltime: .walltime
            case .cancelled: .cancelled
            case .memory: .memory
            case .temporary: .temporary
            case .agentEnded: .agentEnded
            case .processes, nil: nil
            }
        self.init(
            exit: exit, ranOutOfMemory: result.outOfMemory != nil, cause: cause,
            badOutputs: owesOutputs ? examination.badOutputs : [:], granted: granted,
            lastLine: examination.lastLine)
    }
}

extension Verdict {
    var outcome: StoreChanges.AttemptRow.Outcome {
        switch self {
        case .completed: .completed
        case .retry(let retry): retry.blame == .payload ? .failed : .lost
        case .failed(let blame, _): blame == .payload ? .failed : .lost
        case .held, .abortRun: .failed
        case .aborted: .aborted
        }
    }

    /// What went wrong, one line; empty where nothing did.
    var message: String {
        switch self {
        case .completed: ""
        case .retry(let retry): retry.message
        case .failed(_, let message), .held(let message), .aborted(let message),
            .abortRun(_, let message):
            message
        }
    }
}

extension AttemptResult.Exit {
    /// The exit status; 128 plus the signal's number where a signal ended the process, 127 where
    /// it never began (as a shell says it).
    var status: Int {
        switch self {
        case .code(let code): code
        case .signal(let signal): 128 + signal
        case .notStarted: 127
        }
    }
}
