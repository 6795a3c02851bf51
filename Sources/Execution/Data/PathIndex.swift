/// Paths by the folders in which they are, so that those below a folder are found without a look
/// at all others.
struct PathIndex: Sendable {
    /// The paths directly in a folder, and the folders there that hold any.
    private var inside: [String: Set<String>] = [:]

    init(_ paths: some Sequence<String> = []) {
        for path in paths { insert(path) }
    }

    mutating func insert(_ path: String) {
        var path = path
        while let folder = Self.folder(of: path),
            inside[folder, default: []].insert(path).inserted
        {
            path = folder
        }
    }

    /// Removes a path, and its folders that hold no others.
    mutating func remove(_ path: String) {
        guard inside[path] == nil else { return }
        var path = path
        while let folder = Self.folder(of: path), inside[folder]?.remove(path) != nil,
            inside[folder]?.isEmpty == true
        {
            inside[folder] = nil
            path = folder
        }
    }

    /// The paths at any level below a folder, and the folders among them.
    func below(_ folder: String) -> [String] {
        var found: [String] = []
        var next = [folder]
        while let folder = next.popLast() {
            guard let paths = inside[folder] else { continue }
            found += paths
            next += paths
        }
        return found
    }

    private static func folder(of path: String) -> String? {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
    }
}
