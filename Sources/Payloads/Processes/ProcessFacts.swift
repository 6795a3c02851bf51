import Glibc

/// What the kernel tells of one process (proc(5), `stat`).
struct ProcessFacts: Hashable, Sendable {
    let id: pid_t
    let parent: pid_t
    let session: pid_t
    let isZombie: Bool
    /// Processor time of the process and of those that it waited for, clock ticks.
    let ticks: UInt64
    /// When it began, clock ticks since the start of the system: with the id it names the process.
    let start: UInt64
    let virtualBytes: UInt64
    let residentPages: UInt64

    /// `nil` where there is no such process.
    init?(_ id: pid_t) {
        guard let bytes = contents(of: "/proc/\(id)/stat", limit: 4096),
            let close = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let words = bytes[(close + 1)...].split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
        guard words.count > 21 else { return nil }
        func number(_ place: Int) -> UInt64 {
            UInt64(String(decoding: words[place], as: UTF8.self)) ?? 0
        }
        self.id = id
        isZombie = words[0].first == UInt8(ascii: "Z") || words[0].first == UInt8(ascii: "X")
        parent = pid_t(truncatingIfNeeded: number(1))
        session = pid_t(truncatingIfNeeded: number(3))
        ticks = number(11) &+ number(12) &+ number(13) &+ number(14)
        start = number(19)
        virtualBytes = number(20)
        residentPages = number(21)
    }

    /// Bytes through read and write calls of a process and those that it waited for (proc(5), `io`).
    static func transferred(by id: pid_t) -> (read: Int, written: Int) {
        transferred(in: transfers(by: id))
    }

    /// Where that is told; opened while the process lives, it is readable after its end too, when
    /// the file itself belongs to root.
    static func transfers(by id: pid_t) -> Descriptor? {
        try? Descriptor("/proc/\(id)/io", O_RDONLY)
    }

    static func transferred(in file: Descriptor?) -> (read: Int, written: Int) {
        guard let bytes = file?.contents(limit: 4096) else { return (0, 0) }
        var numbers = (read: 0, written: 0)
        for line in bytes.split(separator: 0x0A) {
            let words = line.split(separator: 0x20)
            guard words.count == 2, let number = Int(String(decoding: words[1], as: UTF8.self))
            else { continue }
            if words[0].elementsEqual("rchar:".utf8) { numbers.read = number }
            if words[0].elementsEqual("wchar:".utf8) { numbers.written = number }
        }
        return numbers
    }

    /// Resident memory of a process with its share only of what it shares with others, KiB (proc(5),
    /// `smaps_rollup`); `nil` where that is not told.
    static func proportionalKiB(of id: pid_t) -> Int? {
        guard let bytes = contents(of: "/proc/\(id)/smaps_rollup", limit: 8192) else { return nil }
        for line in bytes.split(separator: 0x0A) where line.starts(with: "Pss:".utf8) {
            let words = line.split(separator: 0x20)
            return words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) : nil
        }
        return nil
    }

    /// Whether the environment with which the process began has all of these `NAME=value`.
    static func environment(of id: pid_t, has entries: [[UInt8]]) -> Bool {
        guard let bytes = contents(of: "/proc/\(id)/environ", limit: 4 << 20) else { return false }
        let own = bytes.split(separator: 0)
        return entries.allSatisfy { entry in own.contains { $0.elementsEqual(entry) } }
    }
}
