import Glibc

/// What the kernel says of processes that it kills for want of memory.
enum KernelLog {
    /// Whether the kernel's log names one of the processes as killed since a time (seconds of the
    /// monotonic clock); `false` also where the log cannot be read.
    static func hasKilled(_ processes: Set<pid_t>, since start: Double) -> Bool {
        guard let log = try? Descriptor("/dev/kmsg", O_RDONLY | O_NONBLOCK) else { return false }
        var buffer = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = read(log.number, &buffer, buffer.count)
            if count < 0, errno == EPIPE { continue }
            guard count > 0 else { return false }
            if let kill = Kill(record: buffer[..<count]), kill.time >= start - 1,
                processes.contains(kill.process)
            {
                return true
            }
        }
    }

    /// A record of the log that says so (Documentation/ABI/testing/dev-kmsg of the kernel).
    struct Kill: Hashable {
        let process: pid_t
        /// Seconds since the system's start.
        let time: Double

        /// Reads `priority,number,microseconds,flags;... Killed process 17 (name) ...`.
        init?(record: ArraySlice<UInt8>) {
            let text = String(decoding: record.prefix { $0 != 0x0A }, as: UTF8.self)
            let parts = text.split(separator: ";", maxSplits: 1)
            guard parts.count == 2, parts[1].contains("Killed process ") else { return nil }
            let fields = parts[0].split(separator: ",")
            let words = parts[1].split(separator: " ")
            guard fields.count > 2, let microseconds = Double(fields[2]),
                let place = words.firstIndex(of: "process"), place + 1 < words.count,
                let process = pid_t(words[place + 1])
            else { return nil }
            self.process = process
            time = microseconds / 1e6
        }
    }
}
