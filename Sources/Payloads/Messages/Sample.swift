/// What all processes of an attempt use at one moment.
public struct Sample: Hashable, Sendable {
    /// The attempt's.
    public var id: String
    /// Seconds since 1970-01-01T00:00 UTC.
    public var time: Double
    /// Processor time of all of them until now, with that of ended ones that were waited for.
    public var cpuSeconds: Double
    /// Sums over the processes, KiB.
    public var residentKiB: Int
    public var virtualKiB: Int
    /// Bytes that went through read and write calls until now (proc(5), `rchar` and `wchar`).
    public var readBytes: Int
    public var writtenBytes: Int
    public var processes: Int

    public init(
        id: String, time: Double, cpuSeconds: Double = 0, residentKiB: Int = 0,
        virtualKiB: Int = 0, readBytes: Int = 0, writtenBytes: Int = 0, processes: Int = 0
    ) {
        self.id = id
        self.time = time
        self.cpuSeconds = cpuSeconds
        self.residentKiB = residentKiB
        self.virtualKiB = virtualKiB
        self.readBytes = readBytes
        self.writtenBytes = writtenBytes
        self.processes = processes
    }
}

extension Sample {
    init(_ fields: JSONFields) throws(PayloadError) {
        self.init(
            id: try fields.text("id"), time: try fields.number("time"),
            cpuSeconds: try fields.number("cpuSeconds"),
            residentKiB: try fields.count("residentKiB"),
            virtualKiB: try fields.count("virtualKiB"), readBytes: try fields.count("readBytes"),
            writtenBytes: try fields.count("writtenBytes"),
            processes: try fields.count("processes"))
    }

    func write(to writer: inout JSONWriter) {
        writer.field("id", id)
        writer.field("time", time)
        writer.field("cpuSeconds", cpuSeconds)
        writer.field("residentKiB", residentKiB)
        writer.field("virtualKiB", virtualKiB)
        writer.field("readBytes", readBytes)
        writer.field("writtenBytes", writtenBytes)
        writer.field("processes", processes)
    }
}
