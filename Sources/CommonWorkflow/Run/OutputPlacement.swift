import Digests
import Documents
import Files
import Foundation
import Glibc

/// Puts the files of an output object where they are wanted.
struct OutputPlacement {
    private let folder: String
    private let completion: FileCompletion
    private let keepsNames: Bool
    /// What is already there, by its source and name.
    private var placed: [Key: String] = [:]
    private var names: Set<String> = []
    private var folders = 0

    private struct Key: Hashable {
        let source: String
        let name: String
    }

    /// - Parameter keepsNames: whether each object gets a folder of its own, and so its own name,
    ///   rather than another name where one is taken.
    init(folder: String, completion: FileCompletion, keepsNames: Bool = false) {
        self.folder = JobFolders.real(folder) ?? folder
        self.completion = completion
        self.keepsNames = keepsNames
    }

    /// Makes the folder.
    ///
    /// - Throws: `CWLError`: `cannotWrite`.
    static func prepare(_ folder: String) throws {
        try JobFolders.makeFolder(folder)
        guard access(folder, W_OK | X_OK) == 0 else {
            throw CWLError(
                .cannotWrite, "cannot write to \(folder): \(String(cString: strerror(errno)))")
        }
    }

    /// The output object with the new places, digests and sizes of its files.
    mutating func placed(_ value: JSONValue) throws -> JSONValue {
        switch value {
        case .list(let values):
            var found: [JSONValue] = []
            for value in values { found.append(try placed(value)) }
            return .list(found)
        case .object(let members):
            if value.isFile || value.isDirectory {
                return try placedObject(completion.complete(value))
            }
            var found: [JSONValue.Member] = []
            for member in members {
                found.append(.init(name: member.name, value: try placed(member.value)))
            }
            return .object(found)
        default: return value
        }
    }

    /// - Parameter renamed: what the names of secondary files begin with, and are to begin with
    ///   where their file had to get another name.
    private mutating func placedObject(
        _ object: JSONValue, renamed: (from: String, to: String)? = nil, in own: String? = nil
    ) throws -> JSONValue {
        let folder = try own ?? self.ownFolder()
        let source = try FileObject.path(object)
        var name = object["basename"]?.string ?? FileLocation.name(ofPath: source)
        let stem = FileObject.nameParts(name).root
        if let renamed, name.hasPrefix(renamed.from) {
            name = renamed.to + name.dropFirst(renamed.from.count)
        }
        let key = Key(source: source, name: name)
        let target = try placed[key] ?? place(source, as: name, in: folder)
        placed[key] = target
        var described = try Self.described(target, as: object)
        if let others = object["secondaryFiles"]?.elements {
            var found: [JSONValue] = []
            let root = FileObject.nameParts(FileLocation.name(ofPath: target)).root
            let beside = FileLocation.folder(ofPath: target)
            for other in others {
                found.append(try placedObject(other, renamed: (stem, root), in: beside))
            }
            described = described.setting("secondaryFiles", to: .list(found))
        }
        return described
    }

    /// Where an object goes.
    private mutating func ownFolder() throws -> String {
        guard keepsNames else { return folder }
        folders += 1
        let own = "\(folder)/\(folders)"
        try JobFolders.makeFolder(own)
        return own
    }

    private mutating func place(_ source: String, as name: String, in folder: String) throws
        -> String
    {
        var free = name
        var number = 2
        let parts = FileObject.nameParts(name)
        while !names.insert("\(folder)/\(free)").inserted {
            free = "\(parts.root)_\(number)\(parts.ending)"
            number += 1
        }
        let target = "\(folder)/\(free)"
        if let real = JobFolders.real(source), real == JobFolders.real(target) { return target }
        let root = completion.folders.root
        // Put in place whole: what had the name before stays until then.
        let partial = "\(folder)/.\(UUID().uuidString)"
        do {
            try FileCopy.copy(source, to: partial) { $0.hasPrefix(root + "/") }
            if FileTree.isFolder(target) || FileTree.isFolder(partial) {
                try FileTree.remove(target)
            }
            guard rename(partial, target) == 0 else {
                throw CWLError(
                    .cannotWrite, "cannot write \(target): \(String(cString: strerror(errno)))")
            }
        } catch {
            try? FileTree.remove(partial)
            throw error as? CWLError ?? CWLError(.cannotWrite, "\(error)")
        }
        return target
    }

    /// The object of what is at a path, with digests, and with all that is in a folder.
    private static func described(_ path: String, as object: JSONValue? = nil) throws -> JSONValue {
        guard let found = FileObject.of(path: path) else {
            throw CWLError.failure("\(path) is not there")
        }
        var described: JSONValue = [
            "class": found["class"] ?? .null, "location": found["location"] ?? .null,
            "basename": found["basename"] ?? .null,
        ]
        if found.isFile {
            let digest: String
            do { digest = try SHA1Digest.hex(ofFile: path) } catch {
                throw CWLError.failure("\(error)")
            }
            described = described.setting("checksum", to: .text("sha1$" + digest))
            described = described.setting("size", to: found["size"])
        } else {
            let names: [String]
            do { names = try FileTree.names(in: path) } catch {
                throw CWLError.failure("\(error)")
            }
            described = described.setting(
                "listing", to: .list(try names.map { try Self.described("\(path)/\($0)") }))
        }
        described = described.setting("path", to: .text(path))
        if let format = object?["format"], format != .null {
            described = described.setting("format", to: format)
        }
        return described
    }
}
