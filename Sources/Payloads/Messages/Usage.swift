/// What an attempt's processes have used.
public struct Usage: Hashable, Sendable {
    /// Processor time of the main process and of those that it waited for, seconds (wait4(2)).
    public var userSeconds: Double
    public var systemSeconds: Double
    /// Largest resident set of one process, KiB (wait4(2)).
    public var peakMemory: Int
    /// Largest sum of the resident sets of all processes at once, as far as it was sampled, KiB.
    public var peakTree: Int
    /// Largest sum of their address spaces, as far as it was sampled, KiB.
    public var peakVirtual: Int
    /// Bytes that went through read and write calls (proc(5), `rchar` and `wchar`).
    public var readBytes: Int
    public var writtenBytes: Int

    public init(
        userSeconds: Double = 0, systemSeconds: Double = 0, peakMemory: Int = 0, peakTree: Int = 0,
        peakVirtual: Int = 0, readBytes: Int = 0, writtenBytes: Int = 0
    ) {
        self.userSeconds = userSeconds
        self.systemSeconds = systemSeconds
        self.peakMemory = peakMemory
        self.peakTree = peakTree
        self.peakVirtual = peakVirtual
        self.readBytes = readBytes
        self.writtenBytes = writtenBytes
    }
}

extension Usage {
    init(_ fields: JSONFields) throws(PayloadError) {
        self.init(
            userSeconds: try fields.number("userSeconds"),
            systemSeconds: try fields.number("systemSeconds"),
            peakMemory: try fields.count("peakMemory"), peakTree: try fields.count("peakTree"),
            peakVirtual: try fields.count("peakVirtual"), readBytes: try fields.count("readBytes"),
            writtenBytes: try fields.count("writtenBytes"))
    }

    func write(to writer: inout JSONWriter) {
        writer.field("userSeconds", userSeconds)
        writer.field("systemSeconds", systemSeconds)
        writer.field("peakMemory", peakMemory)
        writer.field("peakTree", peakTree)
        writer.field("peakVirtual", peakVirtual)
        writer.field("readBytes", readBytes)
        writer.field("writtenBytes", writtenBytes)
    }
}
