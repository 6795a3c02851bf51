/// The control group in which this process is, of the hierarchy that controls memory.
struct OwnGroup: Hashable {
    let path: String
    let version: ControlGroup.Version

    /// That of this process.
    init?() {
        self.init(
            memberships: contents(of: "/proc/self/cgroup") ?? [],
            mounts: contents(of: "/proc/self/mountinfo", limit: 1 << 24) ?? [])
    }

    /// The group that the agent of a home makes below this one; its name is a digest of the path
    /// (Fowler, Noll and Vo, FNV-1a).
    func folder(of home: String) -> String {
        let hash = home.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return "\(path)/sgs-\(String(hash, radix: 16))"
    }

    /// - Parameters:
    ///   - memberships: `/proc/self/cgroup` (cgroups(7)).
    ///   - mounts: `/proc/self/mountinfo` (proc(5)).
    /// - Returns: `nil` where no such hierarchy is mounted, or the group is not below what is.
    init?(memberships: [UInt8], mounts: [UInt8]) {
        var groups: [String: String] = [:]
        for line in memberships.split(separator: 0x0A) {
            let parts = line.split(
                separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 3 else { continue }
            for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
                groups[String(controller)] = parts[2]
            }
        }
        let (controller, kind): (String, String) =
            groups["memory"] == nil ? ("", "cgroup2") : ("memory", "cgroup")
        guard let group = groups[controller] else { return nil }
        for line in mounts.split(separator: 0x0A) {
            let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 3,
                words[dash + 1] == kind,
                controller.isEmpty || words[dash + 3].split(separator: ",").contains("memory")
            else { continue }
            let root = words[3] == "/" ? "" : words[3]
            guard group == root || group.hasPrefix("\(root)/") else { continue }
            let below = String(group.dropFirst(root.count))
            path = words[4] + (below == "/" ? "" : below)
            version = controller.isEmpty ? .two : .one
            return
        }
        return nil
    }
}
