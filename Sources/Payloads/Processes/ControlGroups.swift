import Glibc

/// The control groups in which an agent limits the memory of its attempts (cgroups(7)): one for
/// each that runs, used again by later ones.
struct ControlGroups {
    private let folder: String
    private let version: ControlGroup.Version
    private var free: [ControlGroup] = []
    private var count = 0

    /// Makes a group of the agent's own below the one in which it is; `nil` where that is not
    /// allowed or memory is not controlled.
    init?(home: String) {
        guard let own = OwnGroup() else { return nil }
        version = own.version
        folder = own.folder(of: home)
        mkdir(folder, 0o755)
        guard FolderTree.isFolder(folder) else { return nil }
        if version == .two, !delegate(from: own.path) {
            rmdir(folder)
            return nil
        }
        guard let first = make() else {
            rmdir(folder)
            return nil
        }
        free = [first]
    }

    /// A group with this limit, bytes; `nil` where it cannot be had.
    mutating func take(limit: Int) -> ControlGroup? {
        guard var group = free.popLast() ?? make(), group.set(limit: limit) else { return nil }
        return group
    }

    /// Takes back a group in which nothing lives any more.
    mutating func giveBack(_ group: ControlGroup) {
        free.append(group)
    }

    private mutating func make() -> ControlGroup? {
        let group = ControlGroup(path: "\(folder)/\(count)", version: version)
        guard mkdir(group.path, 0o755) == 0, access(group.limitFile, W_OK) == 0 else {
            rmdir(group.path)
            return nil
        }
        count += 1
        return group
    }

    /// Kills what an agent of this home that is gone has left in groups, and removes them.
    static func removeAll(home: String) {
        guard let own = OwnGroup() else { return }
        let folder = own.folder(of: home)
        guard FolderTree.isFolder(folder) else { return }
        clear(folder, own.version)
        rmdir("\(folder)/agent")
        rmdir(folder)
    }

    private static func clear(_ folder: String, _ version: ControlGroup.Version) {
        guard let names = try? Descriptor(folder, O_RDONLY | O_DIRECTORY) else { return }
        for name in FolderTree.texts(in: names) {
            let group = ControlGroup(
                path: "\(folder)/\(name)", version: version)
            guard FolderTree.isFolder(group.path), !group.path.hasSuffix("/agent") else { continue }
            for _ in 0..<200 {
                for process in group.processes() { kill(process, SIGKILL) }
                if rmdir(group.path) == 0 || errno == ENOENT { break }
                usleep(1000)
            }
        }
    }

    /// Removes all groups; nothing may live in them.
    func remove() {
        Self.clear(folder, version)
        if version == .two, let parent = Self.parent(of: folder) {
            Self.write("0", to: "\(parent)/cgroup.procs")
            rmdir("\(folder)/agent")
        }
        rmdir(folder)
    }

    /// Lets the groups control memory; with version two only a group without processes of its own
    /// can, so that the agent moves into one beside them.
    private func delegate(from parent: String) -> Bool {
        let controllers = contents(of: "\(parent)/cgroup.controllers") ?? []
        guard
            controllers.split(whereSeparator: { $0 <= 0x20 }).contains(where: {
                $0.elementsEqual("memory".utf8)
            })
        else { return false }
        let agent = "\(folder)/agent"
        mkdir(agent, 0o755)
        let isDelegated =
            Self.write("0", to: "\(agent)/cgroup.procs")
            && Self.write("+memory", to: "\(parent)/cgroup.subtree_control")
            && Self.write("+memory", to: "\(folder)/cgroup.subtree_control")
        if !isDelegated {
            Self.write("0", to: "\(parent)/cgroup.procs")
            rmdir(agent)
        }
        return isDelegated
    }

    private static func parent(of path: String) -> String? {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
    }

    @discardableResult
    static func write(_ text: String, to path: String) -> Bool {
        guard let file = try? Descriptor(path, O_WRONLY) else { return false }
        return file.write(Array(text.utf8)) == nil
    }
}
