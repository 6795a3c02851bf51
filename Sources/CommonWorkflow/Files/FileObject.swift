import Documents
import Files
import Foundation
import Glibc

/// File and Directory objects (CWL 1.2, "File", "Directory").
enum FileObject {
    /// Bytes of a file that `contents` may have.
    static let mostContents = 64 << 10

    /// An object whose location is a URI, relative to a folder before; other values as they are.
    static func located(_ value: JSONValue, in folder: String) -> JSONValue {
        guard value.isFile || value.isDirectory else { return value }
        if let location = value["location"]?.string {
            guard !Interpolation.isOne(location),
                let path = FileLocation.path(ofReference: location, in: folder)
            else { return value }
            return value.setting("location", to: .text(FileLocation.uri(ofPath: path)))
        }
        guard let path = value["path"]?.string, !Interpolation.isOne(path) else { return value }
        let location = FileLocation.uri(
            ofPath: FileLocation.path(ofURI: path) ?? FileLocation.absolute(path, in: folder))
        return value.setting("path", to: nil).setting("location", to: .text(location))
    }

    /// An object for what is at a path.
    ///
    /// - Returns: `nil` where nothing is.
    static func of(path: String, name: String? = nil) -> JSONValue? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        let name = name ?? FileLocation.name(ofPath: path)
        let isFolder = facts.st_mode & S_IFMT == S_IFDIR
        var members: [JSONValue.Member] = [
            .init(name: "class", value: isFolder ? "Directory" : "File"),
            .init(name: "location", value: .text(FileLocation.uri(ofPath: path))),
            .init(name: "basename", value: .text(name)),
        ]
        if !isFolder {
            let (root, ending) = nameParts(name)
            members += [
                .init(name: "nameroot", value: .text(root)),
                .init(name: "nameext", value: .text(ending)),
                .init(name: "size", value: .integer(Int(facts.st_size))),
            ]
        }
        return .object(members)
    }

    /// A name's root and extension; points that begin it begin no extension.
    static func nameParts(_ name: String) -> (root: String, ending: String) {
        let start = name.drop { $0 == "." }.startIndex
        guard let point = name[start...].lastIndex(of: "."), point > start else {
            return (name, "")
        }
        return (String(name[..<point]), String(name[point...]))
    }

    /// The path of an object's location.
    ///
    /// - Throws: `CWLError` where it is not of this machine.
    static func path(_ object: JSONValue) throws -> String {
        guard let location = object["location"]?.string else {
            throw CWLError.failure("a \(object["class"]?.string ?? "File") without a location")
        }
        guard let path = FileLocation.path(ofURI: location), !path.utf8.contains(0) else {
            throw CWLError(.unsupported, "\(location): not a file of this machine")
        }
        return path
    }

    /// A file with its first bytes as `contents`.
    ///
    /// - Throws: `CWLError` where they are no text, or since CWL 1.2 more than 64 KiB.
    static func loadingContents(_ file: JSONValue, version: CWLVersion) throws -> JSONValue {
        let path = try path(file)
        let size = FileTree.size(path) ?? 0
        guard size <= mostContents || version < .v12 else {
            throw CWLError.failure(
                "\(path) has \(size) bytes, and loadContents takes \(mostContents) at most")
        }
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: mostContents) ?? Data()
        else { throw CWLError.failure("\(path) cannot be read") }
        let text =
            version < .v12
            ? String(decoding: data, as: UTF8.self) : String(data: data, encoding: .utf8)
        guard let text else { throw CWLError.failure("\(path) is no UTF-8 text") }
        return file.setting("contents", to: .text(text))
    }

    /// A directory with what is in it as `listing`.
    static func loadingListing(_ folder: JSONValue, depth: ListingDepth, level: Int = 0) throws
        -> JSONValue
    {
        guard depth != .none, folder["listing"] == nil || depth == .deep else { return folder }
        guard level < 100 else { throw CWLError.failure("folders nested deeper than 100") }
        let path = try path(folder)
        let names: [String]
        do { names = try FileTree.names(in: path) } catch {
            throw CWLError.failure("\(error)")
        }
        let entries = try names.compactMap { name -> JSONValue? in
            guard let entry = of(path: path + "/" + name) else { return nil }
            guard entry.isDirectory, depth == .deep else { return entry }
            return try loadingListing(entry, depth: depth, level: level + 1)
        }
        return folder.setting("listing", to: .list(entries))
    }
}
