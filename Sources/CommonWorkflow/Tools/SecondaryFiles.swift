import Documents

/// Finds the files that go with a file (CWL 1.2, SecondaryFileSchema).
struct SecondaryFiles {
    let patterns: [SecondaryFile]
    /// Whether one must be there where its pattern does not say so.
    let isRequired: Bool
    let evaluator: Evaluator

    /// A file with its secondary files.
    ///
    /// - Parameter find: the file of a name beside it; `nil` where there is none.
    /// - Throws: `CWLError` where a required one is missing.
    func added(to file: JSONValue, find: (String) throws -> JSONValue?) throws -> JSONValue {
        var others = file["secondaryFiles"]?.elements ?? []
        for pattern in patterns {
            let isRequired =
                try pattern.required.map {
                    try evaluator.value($0, itself: file) == .boolean(true)
                } ?? isRequired
            for wanted in try names(pattern.pattern, of: file) {
                let name = wanted["basename"]?.string ?? wanted.string
                if let name, others.contains(where: { $0["basename"]?.string == name }) { continue }
                let found: JSONValue?
                if wanted.isFile || wanted.isDirectory {
                    found = isThere(wanted) ? wanted : nil
                } else {
                    found = try name.flatMap { try find($0) }
                }
                if let found {
                    others.append(found)
                } else if isRequired {
                    throw CWLError.failure(
                        "\(file["basename"]?.string ?? "a file") lacks its secondary file "
                            + (name ?? ValueText.brief(wanted)))
                }
            }
        }
        return others.isEmpty ? file : file.setting("secondaryFiles", to: .list(others))
    }

    /// Whether an object is a literal, or of something on the disk.
    private func isThere(_ object: JSONValue) -> Bool {
        let located = FileObject.located(object, in: "/")
        guard located["location"] != nil, let path = try? FileObject.path(located) else {
            return true
        }
        return FileObject.of(path: path) != nil
    }

    /// The names, or objects, that a pattern gives for a file.
    private func names(_ pattern: String, of file: JSONValue) throws -> [JSONValue] {
        guard Interpolation.isOne(pattern) else {
            return [.text(Self.name(pattern, of: file["basename"]?.string ?? ""))]
        }
        return try evaluator.value(pattern, itself: file).asList
    }

    /// A name with an ending after it; each `^` before the ending takes one from the name.
    static func name(_ pattern: String, of name: String) -> String {
        var name = name
        var ending = pattern[...]
        while ending.first == "^" {
            ending.removeFirst()
            name = FileObject.nameParts(name).root
        }
        return name + ending
    }
}
