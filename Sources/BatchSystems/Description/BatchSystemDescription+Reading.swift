import Documents

extension BatchSystemDescription {
    /// Reads a description (YAML).
    ///
    /// - Parameter file: its name in diagnostics.
    /// - Throws: `BatchSystemError` of code `configuration` with all faults.
    public init(_ text: String, file: String) throws(BatchSystemError) {
        let faults = FaultLog(file: file)
        let description = DocumentObject(text, faults: faults).flatMap(Self.init(reading:))
        guard let description, faults.isEmpty else {
            throw BatchSystemError(
                .configuration, "\(file) describes no batch system",
                diagnostics: faults.diagnostics)
        }
        self = description
    }

    private static let keys = [
        "name", "title", "tried", "environment", "ids", "quoting", "suffix", "script", "submit",
        "poll", "find", "after", "cancel", "limits", "states", "temporary", "unknown", "absent",
    ]

    /// `nil`, or of no use, where the log has a fault.
    private init?(reading root: DocumentObject) {
        root.check(keys: Self.keys)
        let name = root.text("name", expected: "a word")
        let title = root.text("title", expected: "a name")
        let isTried = root.flag("tried", default: false)
        let environment = root.object("environment", required: false).map(Self.texts) ?? [:]
        let forms = root.object("ids").map(IDForms.init(reading:))
        let quoting: Quoting? = root.choice("quoting", default: .shell)
        let suffix = root.text("suffix", expected: "an ending of a file's name", default: ".sh")
        let script = Self.script(root)
        let submit = root.object("submit").flatMap(Submission.init(reading:))
        let poll = root.object("poll").flatMap(BatchQuery.init(reading:))
        let find = root.objects("find").compactMap(BatchQuery.init(reading:))
        let after = root.objects("after").compactMap(BatchQuery.init(reading:))
        let cancel = root.texts("cancel", required: true)
        let limits = root.objects("limits").compactMap(LimitQuery.init(reading:))
        let states = root.object("states").map(Self.states) ?? [:]
        let temporary = root.texts("temporary")
        let unknown = root.texts("unknown")
        let absent = root.texts("absent")
        if cancel.isEmpty, root.isList("cancel") { root.fault("cancel", expected: "words") }
        guard let name, let title, let isTried, let forms, let quoting, let suffix, let script,
            let submit, let poll
        else { return nil }
        self.name = name
        self.title = title
        self.isTried = isTried
        self.environment = environment
        self.forms = forms
        self.quoting = quoting
        self.suffix = suffix
        self.script = script
        self.submit = submit
        self.poll = poll
        self.find = find
        self.after = after
        self.cancel = cancel
        self.limits = limits
        self.states = states
        self.temporary = temporary
        self.unknown = unknown
        self.absent = absent
    }

    private static func script(_ root: DocumentObject) -> String? {
        guard let script = root.word("script"),
            script.contains("{command}")
                || script.contains("{program}")
        else {
            root.fault("script", expected: "a text with {command}, or {program} and {arguments}")
            return nil
        }
        return script
    }

    private static func texts(_ object: DocumentObject) -> [String: String] {
        var texts: [String: String] = [:]
        for key in object.keys { texts[key] = object.text(key) }
        return texts
    }

    /// A mapping of a system's words to states.
    static func states(_ object: DocumentObject) -> [String: StateMeaning] {
        var states: [String: StateMeaning] = [:]
        for key in object.keys {
            if let meaning = object.word(key).flatMap(StateMeaning.init) {
                states[key] = meaning
            } else {
                object.fault(
                    key, expected: "one of: \(StateMeaning.words.joined(separator: ", "))")
            }
        }
        return states
    }
}

extension BatchSystemDescription.IDForms {
    fileprivate init(reading object: DocumentObject) {
        object.check(keys: ["job", "array", "task"])
        job = object.text("job", default: "{base}") ?? ""
        array = object.text("array", default: "{base}") ?? ""
        task = object.text("task") ?? ""
    }
}

extension BatchSystemDescription.Submission {
    fileprivate init?(reading object: DocumentObject) {
        object.check(keys: ["words", "id"])
        let words = object.words()
        guard let id = object.pattern("id", required: true), let words else { return nil }
        self.init(words: words, id: id)
    }
}

extension BatchSystemDescription.LimitQuery {
    fileprivate init?(reading object: DocumentObject) {
        object.check(keys: ["words", "array_size", "array_offset", "remembered"])
        let arraySize = object.pattern("array_size", required: false)
        let remembered = object.pattern("remembered", required: false)
        let offset = object.count("array_offset", in: -1...1, default: 0)
        guard let words = object.words(), let offset else { return nil }
        self.init(
            words: words, arraySize: arraySize, remembered: remembered, arrayOffset: offset)
    }
}

extension BatchQuery {
    fileprivate init?(reading object: DocumentObject) {
        object.check(keys: ["words", "format", "columns", "separator", "each"])
        let format: OutputFormat? = object.choice("format")
        let columns = object.texts("columns", required: format == .columns).map { name in
            let column = OutputColumn(rawValue: name)
            if column == nil {
                let list = OutputColumn.allCases.map(\.rawValue).joined(separator: ", ")
                object.fault("columns", found: "\"\(name)\"", expected: "names among: \(list)")
            }
            return column ?? .other
        }
        if format == .columns, !columns.contains(.id) || !columns.contains(.state) {
            object.fault("columns", expected: "id and state among them")
        }
        let separator = object.text("separator", default: "|")
        let isForEach = object.flag("each", default: false)
        guard let words = object.words(), let format, let separator, let isForEach else {
            return nil
        }
        self.init(
            words: words, format: format, columns: columns, separator: separator,
            isForEach: isForEach)
    }
}

extension DocumentObject {
    /// A command's words, at least one.
    fileprivate func words() -> [String]? {
        let words = texts("words", required: true)
        if words.isEmpty, isList("words") { fault("words", expected: "words") }
        return words.isEmpty ? nil : words
    }

    /// A regular expression with a group.
    fileprivate func pattern(_ key: String, required: Bool) -> String? {
        guard required || has(key) else { return nil }
        guard let text = text(key, expected: "a regular expression") else { return nil }
        guard (try? Regex(text)) != nil, text.contains("(") else {
            fault(key, expected: "a regular expression with a group")
            return nil
        }
        return text
    }
}
