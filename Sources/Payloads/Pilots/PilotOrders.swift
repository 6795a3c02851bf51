/// What a pilot has to know when it begins: written by its runner, for the owner's eyes only, into
/// the folder that is the program's argument.
///
/// One file serves all tasks of a batch job.
public struct PilotOrders: Hashable, Sendable {
    /// `payloadProtocol` of the runner that has written it.
    public var version = payloadProtocol
    /// The batch job's; a pilot's own is that with its task.
    public var name: String
    /// The secret that the runner and its pilots share: 16 to 64 bytes.
    public var token: [UInt8]
    /// Path of the file that says where the runner is; see `PilotAddress`.
    public var address: String
    /// What there is for payloads; memory in MiB.
    public var cores: Int
    public var memory: Int
    /// The names of its GPUs where the batch system gives none; as many as it has.
    public var gpus: [String]
    /// Seconds from its begin to its end by the batch system.
    public var walltime: Double
    /// Seconds without a payload after which it ends.
    public var idle: Double
    /// Seconds before its end at which the batch system warns it by TERM.
    public var warning: Double
    /// How often in a row it may fail to reach its runner while it has nothing to do.
    public var retries: Int

    public init(
        name: String, token: [UInt8], address: String, cores: Int, memory: Int,
        gpus: [String] = [], walltime: Double, idle: Double = 600, warning: Double = 120,
        retries: Int = 40
    ) {
        self.name = name
        self.token = token
        self.address = address
        self.cores = cores
        self.memory = memory
        self.gpus = gpus
        self.walltime = walltime
        self.idle = idle
        self.warning = warning
        self.retries = retries
    }

    /// A new secret, from the system's own source (getrandom(2)).
    public static func newToken() -> [UInt8] { Hexadecimal.random() }

    /// The file in a folder.
    public static func path(in folder: String) -> String { "\(folder)/pilot.json" }

    /// The name of the pilot that is a task of the job, from 1; of a job of one task, too.
    public static func name(_ job: String, task: Int) -> String { "\(job).\(task)" }
}

extension PilotOrders {
    /// Writes the file, whole.
    ///
    /// - Throws: `PayloadError` of code `message` where the other side would not read it, of code
    ///   `file` where it cannot be written.
    public func write(in folder: String) throws(PayloadError) {
        if let defect { throw PayloadError(.message, defect) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("version", version)
            writer.field("name", name)
            writer.field("token", Hexadecimal.text(token))
            writer.field("address", address)
            writer.field("cores", cores)
            writer.field("memory", memory)
            writer.field("gpus", gpus)
            writer.field("walltime", walltime)
            writer.field("idle", idle)
            writer.field("warning", warning)
            writer.field("retries", retries)
        }
        try WholeFile.write(writer.bytes + [0x0A], to: Self.path(in: folder), mode: 0o600)
    }

    /// Reads the file of a folder.
    ///
    /// - Throws: `PayloadError` of code `file` where it cannot be read, of code `version` where a
    ///   runner of another version has written it, of code `message` where it holds something else.
    public init(folder: String) throws(PayloadError) {
        let path = Self.path(in: folder)
        let bytes = try Descriptor(path, Descriptor.reading).contents(limit: 1 << 20)
        let fields = try JSONFields(try JSONReader.value(of: bytes), path)
        let version = try fields.text("version")
        guard version == payloadProtocol else {
            throw PayloadError(
                .version,
                "the runner speaks \(printable(version.utf8, limit: 60)), this pilot "
                    + payloadProtocol)
        }
        guard let token = Hexadecimal.bytes(try fields.text("token")) else {
            throw PayloadError(.message, "\(path): field token: expected hexadecimal digits")
        }
        self.init(
            name: try fields.text("name"), token: token, address: try fields.text("address"),
            cores: try fields.count("cores"), memory: try fields.count("memory"),
            gpus: try fields.texts("gpus"), walltime: try fields.number("walltime"),
            idle: try fields.number("idle"), warning: try fields.number("warning"),
            retries: try fields.count("retries"))
        if let defect { throw PayloadError(.message, "\(path): \(defect)") }
    }

    /// The first field that is out of bounds; what it holds of the token is not said.
    private var defect: String? {
        if !PilotName.isUsable(name) {
            "name: expected 1 to 100 letters, digits, dots, underscores and hyphens"
        } else if !(16...64).contains(token.count) {
            "token: expected 16 to 64 bytes"
        } else if !address.utf8.starts(with: "/".utf8) || address.utf8.contains(0) {
            "address: expected an absolute path"
        } else if !(1...1_000_000).contains(cores) {
            "cores: found \(cores), expected 1 to 1,000,000"
        } else if !(1...(1 << 40)).contains(memory) {
            "memory: found \(memory), expected 1 MiB or more"
        } else if gpus.count > 1000 || Set(gpus).count != gpus.count
            || gpus.contains(where: \.isEmpty)
        {
            "gpus: expected names that differ"
        } else if !(0...1e9).contains(walltime) || !(0...1e9).contains(idle)
            || !(0...1e9).contains(warning)
        {
            "walltime, idle, warning: expected seconds up to 1e9"
        } else if !(1...1_000_000).contains(retries) {
            "retries: found \(retries), expected 1 to 1,000,000"
        } else {
            nil
        }
    }
}

/// Names of pilots.
package enum PilotName {
    /// Whether it may be a pilot's: it is said in the handshake, and in messages.
    package static func isUsable(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
