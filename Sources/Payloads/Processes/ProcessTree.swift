import Glibc

/// Which processes descend from which.
enum ProcessTree {
    /// Whether the kernel lists the children of a task (proc(5), `children`, CONFIG_PROC_CHILDREN).
    private static let hasChildren =
        access(
            "/proc/self/task/\(getpid())/children", R_OK) == 0

    static func children(of id: pid_t) -> [pid_t] {
        guard hasChildren else { return processes().filter { ProcessFacts($0)?.parent == id } }
        return numbers(in: "/proc/\(id)/task").flatMap { listed(id, task: $0) }
    }

    /// The children of a process that has one thread only.
    static func childrenOfTask(_ id: pid_t) -> [pid_t] {
        hasChildren ? listed(id, task: id) : children(of: id)
    }

    private static func listed(_ id: pid_t, task: pid_t) -> [pid_t] {
        let bytes = contents(of: "/proc/\(id)/task/\(task)/children") ?? []
        return bytes.split(separator: 0x20).compactMap {
            pid_t(String(decoding: $0, as: UTF8.self))
        }
    }

    /// The processes and everything that descends from them, each once.
    static func withDescendants(_ roots: [pid_t]) -> [pid_t] {
        var seen: Set<pid_t> = []
        var result: [pid_t] = []
        var next = roots
        while let id = next.popLast() {
            guard seen.insert(id).inserted else { continue }
            result.append(id)
            next.append(contentsOf: children(of: id))
        }
        return result
    }

    /// Every process that can be seen.
    static func processes() -> [pid_t] { numbers(in: "/proc") }

    private static func numbers(in path: String) -> [pid_t] {
        guard let folder = try? Descriptor(path, O_RDONLY | O_DIRECTORY) else { return [] }
        return FolderTree.texts(in: folder).compactMap { pid_t($0) }
    }
}
