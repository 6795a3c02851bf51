import Documents
import Files

/// Makes File and Directory objects whole: literals are written to the disk, names and sizes are
/// put in, and what is not there is found out.
struct FileCompletion: Sendable {
    let folders: JobFolders

    /// The value with all its files made whole.
    ///
    /// - Throws: `CWLError` where one is not there or has no fit name.
    func complete(_ value: JSONValue) throws -> JSONValue {
        try value.mappingFiles(completeObject)
    }

    /// Whether a folder was written from a literal here.
    func isLiteral(_ object: JSONValue) -> Bool {
        guard let path = object["location"]?.string.flatMap(FileLocation.path(ofURI:)) else {
            return false
        }
        return path.hasPrefix("\(folders.root)/literal")
    }

    private func completeObject(_ object: JSONValue) throws -> JSONValue {
        let location = object["location"]?.string
        if location == nil || FileLocation.scheme(of: location ?? "") == "_",
            object["path"]?.string == nil
        {
            return try written(object)
        }
        return try found(FileObject.located(object, in: "/"))
    }

    private func found(_ object: JSONValue) throws -> JSONValue {
        let path = try FileObject.path(object)
        let name = try name(of: object) ?? FileLocation.name(ofPath: path)
        guard let facts = FileObject.of(path: path, name: name) else {
            throw CWLError.failure("\(path) is not there")
        }
        guard facts["class"] == object["class"] else {
            throw CWLError.failure(
                "\(path) is no \(object["class"]?.string ?? ""), but a \(facts["class"]?.string ?? "")"
            )
        }
        var whole = object
        for member in facts.members ?? [] { whole = whole.setting(member.name, to: member.value) }
        return try completingParts(whole)
    }

    private func completingParts(_ object: JSONValue) throws -> JSONValue {
        var whole = object
        for part in ["secondaryFiles", "listing"] {
            guard let values = object[part]?.elements else { continue }
            whole = whole.setting(part, to: .list(try values.map(complete)))
        }
        return whole
    }

    /// The name that an object says it has.
    private func name(of object: JSONValue) throws -> String? {
        guard let name = object["basename"]?.string else { return nil }
        guard !name.isEmpty, !name.contains("/"), name != ".", name != "..",
            !name.utf8.contains(0)
        else { throw CWLError.failure("\(ValueText.brief(.text(name))) is no name of a file") }
        return name
    }

    /// A literal, written.
    private func written(_ object: JSONValue) throws -> JSONValue {
        let name = try name(of: object) ?? (object.isFile ? "literal" : "folder")
        let path = try folders.make("literal") + "/" + name
        if object.isFile {
            guard let contents = object["contents"]?.string else {
                throw CWLError.failure("a File with neither a location nor contents")
            }
            try FileCopy.write(contents, to: path)
        } else {
            guard let listing = object["listing"]?.elements else {
                throw CWLError.failure("a Directory with neither a location nor a listing")
            }
            try JobFolders.makeFolder(path)
            try place(listing.map(complete), in: path)
        }
        let located = object.setting("location", to: .text(FileLocation.uri(ofPath: path)))
        return try found(located)
    }

    /// Puts the entries of a listing into a folder; folders of one name become one (CWL 1.2,
    /// "Directory").
    private func place(_ entries: [JSONValue], in folder: String) throws {
        var named: [(name: String, entries: [JSONValue])] = []
        for entry in entries + entries.flatMap({ $0["secondaryFiles"]?.elements ?? [] }) {
            guard let name = try name(of: entry) else {
                throw CWLError.failure("a listing with something that is no file")
            }
            if let place = named.firstIndex(where: { $0.name == name }) {
                named[place].entries.append(entry)
            } else {
                named.append((name, [entry]))
            }
        }
        for (name, entries) in named {
            let target = "\(folder)/\(name)"
            if let only = entries.first, Set(entries.compactMap { $0["location"] }).count == 1 {
                try FileCopy.makeLink(FileObject.path(only), at: target)
                continue
            }
            guard entries.allSatisfy(\.isDirectory) else {
                throw CWLError.failure("a listing with \(name) twice")
            }
            try JobFolders.makeFolder(target)
            try place(
                entries.flatMap {
                    try FileObject.loadingListing(
                        $0.setting("listing", to: nil), depth: .shallow)["listing"]?.elements ?? []
                }, in: target)
        }
    }
}
