import Documents

/// The inputs of a process as its expressions see them: defaults put in, types checked, files
/// found, with what is asked for of them.
struct ProcessInputs {
    let process: Process
    let completion: FileCompletion
    /// With neither inputs nor `runtime`.
    let evaluator: Evaluator
    let listing: ListingDepth?

    /// - Parameter given: an object; what is no input of the process is left out.
    /// - Throws: `CWLError`: `badDocument` where a value is missing or of another type.
    func values(_ given: JSONValue) throws -> JSONValue {
        var faults: [String] = []
        var members: [JSONValue.Member] = []
        for input in process.inputs {
            var value = given[input.name] ?? .null
            if value == .null { value = input.defaultValue ?? .null }
            if TypeCheck.accepts(input.type, value) {
                members.append(.init(name: input.name, value: value))
            } else {
                let found = value == .null ? "nothing" : ValueText.brief(value)
                faults.append(
                    "\(input.place.file):\(input.place.mark.line): input \(input.name): "
                        + "found \(found), expected \(input.type.description)")
            }
        }
        guard faults.isEmpty else { throw CWLError(.badDocument, lines: faults) }
        let whole = JSONValue.object(
            try members.map { member in
                .init(
                    name: member.name,
                    value: try within(member.name) { try completion.complete(member.value) })
            })
        var evaluator = evaluator
        evaluator.inputs = whole
        return .object(
            try zip(process.inputs, whole.members ?? []).map { input, member in
                .init(
                    name: member.name,
                    value: try within(member.name) {
                        try refined(member.value, input.type, input, evaluator)
                    })
            })
    }

    private func within<Value>(_ name: String, _ work: () throws -> Value) throws -> Value {
        do { return try work() } catch let error as CWLError {
            throw error.within("input \(name)")
        }
    }

    /// A value with what its parameter, or its record's field, asks of files.
    private func refined(
        _ value: JSONValue, _ type: DataType, _ parameter: Parameter, _ evaluator: Evaluator
    ) throws -> JSONValue {
        switch TypeCheck.member(of: type, for: value) {
        case .file, .directory: return try refinedFile(value, parameter, evaluator)
        case .array(let array):
            return .list(
                try (value.elements ?? []).map {
                    try refined($0, array.items, parameter, evaluator)
                })
        case .record(let record):
            var whole = value
            for field in record.fields {
                var fieldValue = value[field.name] ?? .null
                if fieldValue == .null, let standard = field.defaultValue {
                    fieldValue = try completion.complete(standard)
                }
                whole = whole.setting(
                    field.name, to: try refined(fieldValue, field.type, field, evaluator))
            }
            return whole
        case .any: return try value.mappingFiles { try refinedFile($0, parameter, evaluator) }
        default: return value
        }
    }

    private func refinedFile(
        _ value: JSONValue, _ parameter: Parameter, _ evaluator: Evaluator
    ) throws -> JSONValue {
        guard value.isFile else { return try refinedFolder(value, parameter) }
        var file = value
        if !parameter.formats.isEmpty { try checkFormat(file, parameter, evaluator) }
        if !parameter.secondaryFiles.isEmpty {
            let secondary = SecondaryFiles(
                patterns: parameter.secondaryFiles, isRequired: true, evaluator: evaluator)
            file = try secondary.added(to: file) { name in
                let folder = try FileLocation.folder(ofPath: FileObject.path(value))
                return FileObject.of(path: folder + "/" + name)
            }
            file = try completion.complete(file)
        }
        if parameter.isContentLoaded {
            file = try FileObject.loadingContents(file, version: process.version)
        } else if value["contents"] != nil {
            file = file.setting("contents", to: nil)
        }
        if let secondary = file["secondaryFiles"]?.elements {
            file = file.setting(
                "secondaryFiles",
                to: .list(try secondary.map { try refinedFolder($0, parameter) }))
        }
        return file
    }

    private func refinedFolder(_ value: JSONValue, _ parameter: Parameter) throws -> JSONValue {
        guard value.isDirectory else { return value }
        let depth =
            parameter.listing ?? listing ?? (process.version < .v11 ? .deep : ListingDepth.none)
        if depth == .none {
            return completion.isLiteral(value) ? value : value.setting("listing", to: nil)
        }
        return try FileObject.loadingListing(value, depth: depth)
    }

    private func checkFormat(_ file: JSONValue, _ parameter: Parameter, _ evaluator: Evaluator)
        throws
    {
        let wanted = try parameter.formats.flatMap {
            try evaluator.value($0, itself: file).asList.compactMap(\.string)
        }
        guard let format = file["format"]?.string else {
            throw CWLError(
                .badDocument,
                "\(file["basename"]?.string ?? "a file") has no format, and should be "
                    + wanted.joined(separator: " or "))
        }
        guard wanted.contains(where: { process.formats.isKind(format, of: $0) }) else {
            throw CWLError(
                .badDocument,
                "\(file["basename"]?.string ?? "a file") is of the format \(format), and should be "
                    + wanted.joined(separator: " or "))
        }
    }
}
