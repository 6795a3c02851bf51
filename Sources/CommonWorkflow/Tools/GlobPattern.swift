import Files
import Glibc

/// A pattern of names of files, as of glob(7).
struct GlobPattern {
    private let folder: String
    private let parts: [String]
    private let isOfFolders: Bool

    /// - Throws: `CWLError` where it leads out of the folder.
    init(_ pattern: String, in folder: String) throws {
        var rest = pattern
        if rest == folder || rest.hasPrefix(folder + "/") {
            rest = String(rest.dropFirst(folder.count).drop { $0 == "/" })
        }
        guard !rest.hasPrefix("/"), !rest.utf8.contains(0) else {
            throw CWLError.failure("glob: \(pattern) is outside of the tool's folder")
        }
        var parts: [String] = []
        for part in rest.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else {
                    throw CWLError.failure("glob: \(pattern) is outside of the tool's folder")
                }
            } else {
                parts.append(String(part))
            }
        }
        self.folder = folder
        self.parts = parts
        isOfFolders = rest.hasSuffix("/") && !parts.isEmpty
    }

    /// The paths that match, in the order of their bytes.
    func paths() throws -> [String] {
        var found = [folder]
        for part in parts {
            found = try found.flatMap { try Self.matches(part, in: $0) }
        }
        return isOfFolders ? found.filter(FileTree.isFolder) : found
    }

    private static func matches(_ part: String, in folder: String) throws -> [String] {
        guard part.contains(where: { "*?[\\".contains($0) }) else {
            var facts = stat()
            let path = "\(folder)/\(part)"
            return lstat(path, &facts) == 0 ? [path] : []
        }
        guard FileTree.isFolder(folder) else { return [] }
        let names: [String]
        do { names = try FileTree.names(in: folder) } catch {
            throw CWLError.failure("\(error)")
        }
        let matching = names.filter { fnmatch(part, $0, FNM_PERIOD) == 0 }
        // A name may have what else is a pattern's.
        var facts = stat()
        let plain = "\(folder)/\(part)"
        if matching.isEmpty, lstat(plain, &facts) == 0 { return [plain] }
        return matching.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
            "\(folder)/\($0)"
        }
    }
}
