import Documents
import Files
import Glibc

/// Fills the folder in which a tool starts (CWL 1.2, InitialWorkDirRequirement).
struct InitialFolder {
    /// One file or folder of it, before it is put there.
    private struct Entry {
        /// A File or Directory object, or a text.
        let content: JSONValue
        let name: String?
        let isWritable: Bool
    }

    let folder: String
    let evaluator: Evaluator
    let completion: FileCompletion
    /// Whether what is writable is the original.
    let isInplace: Bool
    let version: CWLVersion

    /// Puts all files where they are wanted.
    ///
    /// - Parameter staged: gets the files that the tool is given so.
    /// - Returns: the inputs, with the new paths of those that are among the files.
    func fill(_ node: Node, staged: inout StagedFiles) throws -> JSONValue {
        var paths: [String: String] = [:]
        for entry in try entries(node) { try place(entry, &paths, &staged) }
        return evaluator.inputs.mappingFiles { Self.moved($0, paths) }
    }

    // MARK: - What is wanted

    private func entries(_ node: Node) throws -> [Entry] {
        if let text = node.text { return try entries(of: evaluator.value(text)) }
        if let nodes = node.elements { return try nodes.flatMap(entries) }
        if let entry = node["entry"] {
            let content = try entry.text.map { try evaluator.value($0, isTrimmed: false) }
            return try dirent(
                content ?? entry.value, name: node["entryname"]?.value ?? .null,
                writable: node["writable"]?.value ?? .null)
        }
        return try entries(of: node.value)
    }

    private func entries(of value: JSONValue) throws -> [Entry] {
        switch value {
        case .null: return []
        case .list(let values): return try values.flatMap(entries(of:))
        default: break
        }
        if value.isFile || value.isDirectory {
            return [Entry(content: value, name: nil, isWritable: false)]
        }
        guard let content = value["entry"] else {
            throw CWLError.failure(
                "InitialWorkDirRequirement: \(ValueText.brief(value)) is neither a file nor an entry"
            )
        }
        return try dirent(
            content, name: value["entryname"] ?? .null, writable: value["writable"] ?? .null)
    }

    private func dirent(_ content: JSONValue, name: JSONValue, writable: JSONValue) throws
        -> [Entry]
    {
        let name = try name == .null ? nil : evaluator.value(name)
        guard name == nil || name?.string != nil else {
            throw CWLError.failure("an entryname that is no text")
        }
        let isWritable = try evaluator.value(writable) == .boolean(true)
        let isOfFiles =
            content.elements.map {
                !$0.isEmpty && $0.allSatisfy { $0.isFile || $0.isDirectory }
            } ?? false
        switch content {
        case .null: return []
        case .list(let values) where isOfFiles:
            guard name == nil || values.count == 1 else {
                throw CWLError.failure("an entryname for several files")
            }
            return values.map { Entry(content: $0, name: name?.string, isWritable: isWritable) }
        case .text: break
        default:
            if content.isFile || content.isDirectory {
                return [Entry(content: content, name: name?.string, isWritable: isWritable)]
            }
        }
        guard let name = name?.string else {
            throw CWLError.failure("InitialWorkDirRequirement: a text without an entryname")
        }
        return [
            Entry(
                content: .text(ValueText.interpolated(content)), name: name, isWritable: isWritable)
        ]
    }

    // MARK: - Putting it there

    private func place(_ entry: Entry, _ paths: inout [String: String], _ staged: inout StagedFiles)
        throws
    {
        if case .text(let text) = entry.content {
            let target = try target(entry.name ?? "")
            try clear(target)
            return try FileCopy.write(text, to: target)
        }
        let object = try completion.complete(entry.content)
        let name = entry.name ?? object["basename"]?.string ?? ""
        let target = try target(name)
        try place(object, at: target, isWritable: entry.isWritable, &paths, &staged)
    }

    private func place(
        _ object: JSONValue, at target: String, isWritable: Bool, _ paths: inout [String: String],
        _ staged: inout StagedFiles
    ) throws {
        let source = try FileObject.path(object)
        staged.note(source)
        try clear(target)
        if isWritable, !isInplace {
            try FileCopy.copy(source, to: target)
            Self.makeWritable(target)
        } else {
            try FileCopy.makeLink(source, at: target)
        }
        paths[source] = target
        for other in object["secondaryFiles"]?.elements ?? [] {
            let name = other["basename"]?.string ?? ""
            try place(
                other, at: FileLocation.folder(ofPath: target) + "/" + name, isWritable: isWritable,
                &paths, &staged)
        }
    }

    /// The path of a name in the folder.
    ///
    /// - Throws: `CWLError` where it would be outside of it.
    private func target(_ name: String) throws -> String {
        let parts = name.split(separator: "/")
        guard !name.hasPrefix("/"), !parts.isEmpty, !parts.contains(".."), !name.utf8.contains(0)
        else {
            throw CWLError.failure(
                "InitialWorkDirRequirement: \(ValueText.brief(.text(name))) is no name within the "
                    + "folder of the tool; outside of it needs a container")
        }
        let path = FileLocation.absolute(name, in: folder)
        let parent = FileLocation.folder(ofPath: path)
        try JobFolders.makeFolder(parent)
        guard let real = JobFolders.real(parent), real == folder || real.hasPrefix(folder + "/")
        else {
            throw CWLError.failure("InitialWorkDirRequirement: \(name) is within another's folder")
        }
        return path
    }

    /// Removes what an earlier entry has put there.
    private func clear(_ path: String) throws {
        do { try FileTree.remove(path) } catch { throw CWLError(.cannotWrite, "\(error)") }
    }

    private static func makeWritable(_ path: String) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return }
        let isFolder = facts.st_mode & S_IFMT == S_IFDIR
        chmod(path, facts.st_mode & 0o777 | (isFolder ? 0o700 : 0o600))
        guard isFolder else { return }
        for name in (try? FileTree.names(in: path)) ?? [] { makeWritable("\(path)/\(name)") }
    }

    private static func moved(_ object: JSONValue, _ paths: [String: String]) -> JSONValue {
        var moved = object
        if let source = try? FileObject.path(object), let path = paths[source] {
            moved = StagedFiles.placed(object, at: path)
        } else if let listing = object["listing"]?.elements {
            moved = moved.setting(
                "listing", to: .list(listing.map { Self.moved($0, paths) }))
        }
        if let others = object["secondaryFiles"]?.elements {
            moved = moved.setting(
                "secondaryFiles", to: .list(others.map { Self.moved($0, paths) }))
        }
        return moved
    }
}
