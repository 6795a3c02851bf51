import Glibc

/// A control group in which the processes of one attempt are (cgroups(7)).
struct ControlGroup: Hashable {
    let path: String
    let version: Version
    /// The kills that have been told.
    private var killsTold = 0
    /// The limit that is set, bytes.
    private var limit: Int?

    enum Version: Hashable {
        case one, two
    }

    init(path: String, version: Version) {
        self.path = path
        self.version = version
    }

    var limitFile: String {
        "\(path)/\(version == .one ? "memory.limit_in_bytes" : "memory.max")"
    }

    /// Where a process writes 0 to enter the group.
    var entry: Descriptor? { try? Descriptor("\(path)/cgroup.procs", O_WRONLY) }

    /// Limits memory, and swap with it; bytes.
    mutating func set(limit: Int) -> Bool {
        if limit == self.limit { return true }
        guard write(limit) else { return false }
        self.limit = limit
        return true
    }

    private func write(_ limit: Int) -> Bool {
        switch version {
        case .one:
            let swap = "\(path)/memory.memsw.limit_in_bytes"
            // Neither may ever be the smaller one: what fails at first is possible after the other.
            ControlGroups.write("\(limit)", to: limitFile)
            if access(swap, W_OK) == 0 { ControlGroups.write("\(limit)", to: swap) }
            return ControlGroups.write("\(limit)", to: limitFile)
        case .two:
            ControlGroups.write("0", to: "\(path)/memory.swap.max")
            ControlGroups.write("1", to: "\(path)/memory.oom.group")
            return ControlGroups.write("\(limit)", to: limitFile)
        }
    }

    /// How many processes the kernel has killed for want of memory since the last call.
    mutating func takeKills() -> Int {
        let counted = counted
        defer { killsTold = counted }
        return counted - killsTold
    }

    private var counted: Int {
        let file = version == .one ? "memory.oom_control" : "memory.events"
        for line in (contents(of: "\(path)/\(file)") ?? []).split(separator: 0x0A)
        where line.starts(with: "oom_kill ".utf8) {
            return Int(String(decoding: line.dropFirst(9), as: UTF8.self)) ?? 0
        }
        return 0
    }

    func processes() -> [pid_t] {
        let bytes = contents(of: "\(path)/cgroup.procs", limit: 1 << 24) ?? []
        return bytes.split(separator: 0x0A).compactMap {
            pid_t(String(decoding: $0, as: UTF8.self))
        }.filter { $0 > 0 }
    }
}
