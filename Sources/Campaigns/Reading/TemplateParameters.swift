import Documents
import Foundation

/// The parameters of a template: what it declares, and what their values make of its text.
///
/// `${NAME}` stands for a value: by itself for anything (a text, a number, a mapping), within a
/// text for a text or number. `$${` stands for `${`.
struct TemplateParameters {
    struct Declaration {
        let name: String
        let meaning: String
        let standard: DocumentValue?
        let mark: TextMark
    }

    let declarations: [Declaration]

    /// Reads what the key `parameters` of a template declares.
    init(_ root: DocumentObject) {
        guard let parameters = root.object("parameters", required: false) else {
            declarations = []
            return
        }
        declarations = parameters.fields.compactMap { field in
            guard CampaignName.isPlain(field.name) else {
                parameters.fault(
                    field.name, found: PlainText.quoted(field.name), expected: CampaignName.rule)
                return nil
            }
            guard let object = parameters.object(field.name) else { return nil }
            object.check(keys: ["meaning", "default"])
            guard let meaning = object.text("meaning") else { return nil }
            return Declaration(
                name: field.name, meaning: meaning, standard: object.value("default"),
                mark: field.mark)
        }
    }

    /// Values given by whoever uses the template.
    struct Arguments {
        let values: [DocumentValue.Field]
        /// Where they are given, or the template is named.
        let spot: Spot
    }

    /// The value of each parameter; what is missing or unknown is noted where they are given.
    func values(_ arguments: Arguments?, root: DocumentObject) -> [String: DocumentValue] {
        var values: [String: DocumentValue] = [:]
        let names = declarations.map(\.name)
        let given = arguments?.values ?? []
        for argument in given where !names.contains(argument.name) {
            let spot = arguments.map {
                Spot(mark: argument.mark, path: $0.spot.path, log: $0.spot.log)
            }
            let nearest = Spelling.nearest(to: argument.name, in: names)
            spot?.fault(
                found: "a parameter \(PlainText.quoted(argument.name)), which the template lacks",
                expected: names.isEmpty
                    ? "no parameters"
                    : nearest ?? "one of: \(names.sorted().joined(separator: ", "))")
        }
        for declaration in declarations {
            let own = given.first { $0.name == declaration.name }?.value
            if let value = own.flatMap({ $0.isNull ? nil : $0 }) ?? declaration.standard {
                values[declaration.name] = value
                continue
            }
            let spot =
                arguments?.spot
                ?? Spot(
                    mark: declaration.mark, path: "parameters.\(declaration.name)", log: root.faults
                )
            spot.fault(
                found: "no value for the parameter \(declaration.name)",
                expected: declaration.meaning)
        }
        return values
    }

    // MARK: - Substitution

    /// The template's document with values in the place of parameters; parameters that are not
    /// declared and those that nothing uses are noted.
    func filled(_ root: DocumentObject, _ values: [String: DocumentValue]) -> DocumentObject? {
        var filling = Filling(
            names: declarations.map(\.name), values: values, log: root.faults)
        let fields = root.fields.filter { $0.name != "parameters" }.map { filling.field($0, "") }
        for declaration in declarations where !filling.used.contains(declaration.name) {
            root.faults.add(
                line: declaration.mark.line, column: declaration.mark.column,
                field: "parameters.\(declaration.name)", found: "a parameter that nothing uses",
                expected: "${\(declaration.name)} somewhere")
        }
        return root.object(DocumentValue(content: .object(fields), mark: root.mark), at: "")
    }

    private struct Filling {
        let names: [String]
        let values: [String: DocumentValue]
        let log: FaultLog
        var used: Set<String> = []

        mutating func field(_ field: DocumentValue.Field, _ path: String) -> DocumentValue.Field {
            let path = path.isEmpty ? field.name : "\(path).\(field.name)"
            return DocumentValue.Field(
                name: field.name, mark: field.mark, value: value(field.value, path))
        }

        private mutating func value(_ value: DocumentValue, _ path: String) -> DocumentValue {
            let content: DocumentValue.Content
            switch value.content {
            case .plain(let word):
                if let whole = whole(word, value.mark, path) { return whole }
                content = .plain(text(word, value.mark, path))
            case .text(let text):
                if let whole = whole(text, value.mark, path) { return whole }
                content = .text(self.text(text, value.mark, path))
            case .list(let values):
                content = .list(
                    values.enumerated().map { self.value($1, "\(path)[\($0)]") })
            case .object(let fields):
                content = .object(fields.map { field($0, path) })
            }
            return DocumentValue(content: content, mark: value.mark)
        }

        /// The value of a parameter where a scalar is nothing else.
        private mutating func whole(_ text: String, _ mark: TextMark, _ path: String)
            -> DocumentValue?
        {
            guard text.hasPrefix("${"), text.hasSuffix("}") else { return nil }
            let name = String(text.dropFirst(2).dropLast())
            guard CampaignName.isPlain(name) else { return nil }
            return value(of: name, mark, path)?.moved(to: mark)
        }

        /// A text with the values of the parameters in it.
        private mutating func text(_ text: String, _ mark: TextMark, _ path: String) -> String {
            guard text.contains("${") else { return text }
            var result = ""
            var rest = text[...]
            while let start = rest.range(of: "${") {
                let before = rest[..<start.lowerBound]
                rest = rest[start.upperBound...]
                if before.hasSuffix("$") {
                    result += before.dropLast() + "${"
                    continue
                }
                result += before
                guard let end = rest.firstIndex(of: "}") else {
                    fault(mark, path, found: "${ without }", expected: "${NAME}, or $${ for ${")
                    return text
                }
                let name = String(rest[..<end])
                rest = rest[rest.index(after: end)...]
                guard let value = value(of: name, mark, path) else { continue }
                guard let word = value.word else {
                    fault(
                        mark, path, found: "the parameter \(name), which is no text, in a text",
                        expected: "a text or number as its value")
                    continue
                }
                result += word
            }
            return result + rest
        }

        private mutating func value(of name: String, _ mark: TextMark, _ path: String)
            -> DocumentValue?
        {
            guard names.contains(name) else {
                fault(
                    mark, path, found: "the parameter \(PlainText.quoted(name))",
                    expected: names.isEmpty
                        ? "no parameters, for none are declared"
                        : "one of: \(names.sorted().joined(separator: ", "))")
                return nil
            }
            used.insert(name)
            return values[name]
        }

        private func fault(_ mark: TextMark, _ path: String, found: String, expected: String) {
            log.add(
                line: mark.line, column: mark.column, field: path, found: found,
                expected: expected)
        }
    }
}

extension DocumentValue {
    /// The value as if it stood elsewhere, with all that it holds.
    fileprivate func moved(to mark: TextMark) -> DocumentValue {
        switch content {
        case .plain, .text: DocumentValue(content: content, mark: mark)
        case .list(let values):
            DocumentValue(content: .list(values.map { $0.moved(to: mark) }), mark: mark)
        case .object(let fields):
            DocumentValue(
                content: .object(
                    fields.map { Field(name: $0.name, mark: mark, value: $0.value.moved(to: mark)) }
                ),
                mark: mark)
        }
    }
}
