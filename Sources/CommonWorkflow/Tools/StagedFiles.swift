import Documents
import Files

/// Where a tool finds its files: each input under its name in a folder of its own, with its
/// secondary files beside it.
struct StagedFiles {
    private let folder: String
    private var paths: [Key: String] = [:]
    private var count = 0
    /// Where the files really are that the tool was given.
    private(set) var sources: Set<String> = []

    private struct Key: Hashable {
        let location: String
        let name: String
    }

    /// - Parameter folder: is there, and empty.
    init(folder: String) {
        self.folder = folder
    }

    /// The value with the path of every file, which has been staged.
    mutating func stage(_ value: JSONValue) throws -> JSONValue {
        switch value {
        case .list(let values):
            var staged: [JSONValue] = []
            for value in values { staged.append(try stage(value)) }
            return .list(staged)
        case .object(let members):
            if value.isFile || value.isDirectory { return try stageObject(value, in: nil) }
            var staged: [JSONValue.Member] = []
            for member in members {
                staged.append(.init(name: member.name, value: try stage(member.value)))
            }
            return .object(staged)
        default: return value
        }
    }

    /// - Parameter place: the folder that it is to be in; one of its own where `nil`.
    private mutating func stageObject(_ object: JSONValue, in place: String?) throws -> JSONValue {
        let source = try FileObject.path(object)
        let name = object["basename"]?.string ?? FileLocation.name(ofPath: source)
        let key = Key(location: source, name: name)
        let path: String
        if let known = paths[key], place == nil {
            path = known
        } else {
            let parent: String
            if let place {
                parent = place
            } else {
                count += 1
                parent = "\(folder)/\(count)"
                try JobFolders.makeFolder(parent)
            }
            path = "\(parent)/\(name)"
            if paths[key] == nil { paths[key] = path }
            if !FileTree.isFolder(path), FileTree.size(path) == nil {
                try FileCopy.makeLink(source, at: path)
            }
            note(source)
        }
        var staged = Self.placed(object, at: path)
        if let others = object["secondaryFiles"]?.elements {
            var found: [JSONValue] = []
            let beside = FileLocation.folder(ofPath: path)
            for other in others { found.append(try stageObject(other, in: beside)) }
            staged = staged.setting("secondaryFiles", to: .list(found))
        }
        return staged
    }

    /// Notes that the tool was given a file.
    mutating func note(_ source: String) {
        sources.insert(JobFolders.real(source) ?? source)
    }

    /// An object with its path, its folder's, and those of what it lists.
    static func placed(_ object: JSONValue, at path: String) -> JSONValue {
        var placed = object.setting("path", to: .text(path))
        if object.isFile {
            placed = placed.setting("dirname", to: .text(FileLocation.folder(ofPath: path)))
        }
        if let listing = object["listing"]?.elements {
            placed = placed.setting(
                "listing",
                to: .list(
                    listing.map { entry in
                        let name = entry["basename"]?.string ?? ""
                        return Self.placed(entry, at: "\(path)/\(name)")
                    }))
        }
        return placed
    }
}
