import CProcess
import Glibc

/// The start of an attempt's main process.
struct Start {
    let program: String
    let arguments: [String]
    /// `NAME=value` each.
    let environment: [String]
    let folder: String
    let standardOutput: Descriptor
    let standardError: Descriptor
    /// What its whole tree keeps open.
    let lock: Descriptor?
    let mounts: Descriptor?
    /// `cgroup.procs` of its control group.
    let group: Descriptor?
    /// Bytes.
    let addressSpace: Int?

    enum Outcome: Hashable {
        case started(pid_t)
        /// The program is open for writing, as just after its installation (execve(2), ETXTBSY).
        case busy
        case failed(String)
    }

    /// Starts it: nothing is read on standard input, and it leads a session of its own.
    func run(standardInput: Descriptor) -> Outcome {
        var step = CPROCESS_PROCESS
        var number: Int32 = 0
        let process = withTexts([program] + arguments) { arguments in
            withTexts(environment) { environment in
                program.withCString { program in
                    folder.withCString { folder in
                        var order = cprocess_order(
                            program: program, arguments: arguments, environment: environment,
                            folder: folder,
                            standard: (
                                standardInput.number, standardOutput.number, standardError.number
                            ), kept: lock?.number ?? -1, group: group?.number ?? -1,
                            mounts: mounts?.number ?? -1,
                            address_space: Int64(addressSpace ?? -1))
                        return cprocess_spawn(&order, &step, &number)
                    }
                }
            }
        }
        if process > 0 { return .started(process) }
        if step == CPROCESS_PROGRAM, number == ETXTBSY { return .busy }
        return .failed("\(Self.name(of: step, program, folder)): \(systemWord(number))")
    }

    private static func name(of step: cprocess_step, _ program: String, _ folder: String) -> String
    {
        switch step {
        case CPROCESS_PROGRAM: "cannot start \(program)"
        case CPROCESS_FOLDER: "cannot enter \(folder)"
        case CPROCESS_MOUNTS: "cannot enter the mount namespace"
        case CPROCESS_GROUP: "cannot enter the control group"
        case CPROCESS_LIMIT: "cannot set a limit"
        case CPROCESS_DESCRIPTOR: "cannot pass on a descriptor"
        default: "cannot make a process"
        }
    }

    /// Calls with the texts as C has them: an array of pointers that ends in a null pointer.
    private func withTexts<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var offsets: [Int] = []
        for text in texts {
            offsets.append(bytes.count)
            bytes.append(contentsOf: text.utf8CString)
        }
        return bytes.withUnsafeMutableBufferPointer { buffer in
            let pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } } + [nil]
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
