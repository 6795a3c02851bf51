import Digests
import Documents
import Files
import Foundation
import Glibc

/// Finds what a tool has left (CWL 1.2, "Output binding").
struct OutputCollection {
    let outputs: [Parameter]
    /// The tool's, an absolute path without symbolic links.
    let folder: String
    /// The folder that does not outlive the tool, ending in `/`.
    let removed: String
    /// Where the tool's input files really are.
    let sources: Set<String>
    let evaluator: Evaluator
    let completion: FileCompletion
    let listing: ListingDepth?

    /// The output object.
    ///
    /// - Throws: `CWLError` where something is missing, elsewhere, or of another type.
    func collect() throws -> JSONValue {
        let own = folder + "/cwl.output.json"
        if FileTree.size(own) != nil { return try declared(own) }
        return .object(
            try outputs.map { output in
                do {
                    return .init(
                        name: output.name, value: try checked(output, collected(output)))
                } catch let error as CWLError {
                    throw error.within("output \(output.name)")
                }
            })
    }

    /// What the tool itself says that it gives.
    private func declared(_ path: String) throws -> JSONValue {
        let value: JSONValue
        do {
            let data = try RegularFile.contents(of: path, limit: DocumentFiles.mostBytes)
            guard let text = String(data: data, encoding: .utf8) else {
                throw CWLError.failure("cwl.output.json is no text")
            }
            value = JSONValue(try DocumentValue(text, notation: .json))
        } catch let error as CWLError { throw error } catch {
            throw CWLError.failure("cwl.output.json cannot be read")
        }
        guard value.members != nil else { throw CWLError.failure("cwl.output.json has no object") }
        return .object(
            try outputs.map { output in
                let found = try (value[output.name] ?? .null).mappingFiles {
                    try fact(FileObject.located($0, in: folder))
                }
                return .init(
                    name: output.name,
                    value: try checked(output, refined(found, output.type, output)))
            })
    }

    private func checked(_ output: Parameter, _ value: JSONValue) throws -> JSONValue {
        guard TypeCheck.acceptsOutput(output.type, value) else {
            throw CWLError.failure(
                "found \(value == .null ? "nothing" : ValueText.brief(value)), expected "
                    + output.type.description)
        }
        return value
    }

    // MARK: - Values

    private func collected(_ output: Parameter) throws -> JSONValue {
        guard let binding = output.output else {
            if case .record(let record) = TypeCheck.member(of: output.type, for: .null) {
                return .object(
                    try record.fields.map { .init(name: $0.name, value: try collected($0)) })
            }
            return .null
        }
        let files: [JSONValue] = try self.files(binding, output)
        var value = JSONValue.list(files)
        if let expression = binding.outputEval {
            value = try evaluator.value(expression, itself: value)
            value = try value.mappingFiles { try fact(FileObject.located($0, in: folder)) }
        } else if wantsOne(output.type) {
            guard files.count <= 1 else {
                throw CWLError.failure("\(files.count) files, and one is expected")
            }
            value = files.first ?? .null
        }
        if value.elements?.isEmpty ?? false, output.type.isOptional { value = .null }
        return try refined(value, output.type, output)
    }

    /// Whether the type is of one file or folder.
    private func wantsOne(_ type: DataType) -> Bool {
        type.choices.contains { $0 == .file || $0 == .directory }
            && !type.choices.contains { if case .array = $0 { true } else { false } }
    }

    private func files(_ binding: OutputBinding, _ output: Parameter) throws -> [JSONValue] {
        let patterns = try binding.globs.flatMap { glob -> [String] in
            try evaluator.value(glob).asList.map { pattern -> String in
                guard let pattern = pattern.string else {
                    throw CWLError.failure("glob: \(ValueText.brief(pattern)) is no text")
                }
                return pattern
            }
        }
        let paths = try patterns.flatMap { try GlobPattern($0, in: folder).paths() }
        return try paths.compactMap { path in
            guard let file = try found(path) else { return nil }
            if file.isDirectory {
                let depth =
                    binding.listing ?? output.listing ?? listing
                    ?? (evaluator.version < .v11 ? .deep : ListingDepth.none)
                return try FileObject.loadingListing(file, depth: depth)
            }
            return binding.isContentLoaded || output.isContentLoaded
                ? try FileObject.loadingContents(file, version: evaluator.version) : file
        }
    }

    /// The object for a path in the folder.
    ///
    /// - Returns: `nil` where nothing is.
    /// - Throws: `CWLError` where it is a link to what is neither the tool's input nor output.
    private func found(_ path: String) throws -> JSONValue? {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return nil }
        let real = try checkedTarget(of: path)
        if facts.st_mode & S_IFMT == S_IFDIR { try checkLinks(in: path, level: 0) }
        return FileObject.of(path: real, name: FileLocation.name(ofPath: path)).map {
            StagedFiles.placed($0, at: path)
        }
    }

    /// The path without symbolic links.
    private func checkedTarget(of path: String) throws -> String {
        let name = FileLocation.name(ofPath: path)
        guard let real = JobFolders.real(path) else {
            throw CWLError.failure("\(name) is a link to nowhere")
        }
        guard isOwn(real) else {
            throw CWLError.failure(
                "\(name) is a link to \(real), outside of the tool's files")
        }
        return real
    }

    /// Checks the links in a folder, and in those in it.
    private func checkLinks(in folder: String, level: Int) throws {
        guard level < 100 else { throw CWLError.failure("folders nested deeper than 100") }
        let names: [String]
        do { names = try FileTree.names(in: folder) } catch {
            throw CWLError.failure("\(error)")
        }
        for name in names {
            let path = "\(folder)/\(name)"
            var facts = stat()
            guard lstat(path, &facts) == 0 else { continue }
            switch facts.st_mode & S_IFMT {
            case S_IFLNK: _ = try checkedTarget(of: path)
            case S_IFDIR: try checkLinks(in: path, level: level + 1)
            default: break
            }
        }
    }

    private func isOwn(_ real: String) -> Bool {
        if real.hasPrefix(removed) { return false }
        if real == folder || real.hasPrefix(folder + "/") || sources.contains(real) { return true }
        if real.hasPrefix(completion.folders.root + "/") { return true }
        return sources.contains { real.hasPrefix($0 + "/") }
    }

    /// An object of an expression or of the tool with what is on the disk.
    private func fact(_ object: JSONValue) throws -> JSONValue {
        guard let location = object["location"]?.string,
            let path = FileLocation.path(ofURI: location)
        else { return try completion.complete(object) }
        guard let found = try found(path) else { throw CWLError.failure("\(path) is not there") }
        var whole = object
        for member in found.members ?? []
        where member.name != "basename" || object["basename"] == nil {
            whole = whole.setting(member.name, to: member.value)
        }
        return try completion.complete(whole)
    }

    // MARK: - What goes with files

    private func refined(_ value: JSONValue, _ type: DataType, _ output: Parameter) throws
        -> JSONValue
    {
        switch TypeCheck.member(of: type, for: value) {
        case .file, .directory: return try refinedFile(value, output)
        case .array(let array):
            return .list(
                try (value.elements ?? []).map { try refined($0, array.items, output) })
        case .record(let record) where value.members != nil:
            var whole = value
            for field in record.fields {
                guard let part = value[field.name] else { continue }
                whole = whole.setting(field.name, to: try refined(part, field.type, field))
            }
            return whole
        default: return value
        }
    }

    private func refinedFile(_ value: JSONValue, _ output: Parameter) throws -> JSONValue {
        var file = value
        if !output.secondaryFiles.isEmpty {
            let secondary = SecondaryFiles(
                patterns: output.secondaryFiles, isRequired: false, evaluator: evaluator)
            let path = try value["path"]?.string ?? FileObject.path(value)
            let beside = FileLocation.folder(ofPath: path)
            file = try secondary.added(to: file) { try found(beside + "/" + $0) }
            file = try file.setting(
                "secondaryFiles",
                to: .list((file["secondaryFiles"]?.elements ?? []).map { try fact($0) }))
        }
        if let format = output.formats.first, file.isFile {
            file = file.setting("format", to: try evaluator.value(format, itself: file))
        }
        return file
    }
}
