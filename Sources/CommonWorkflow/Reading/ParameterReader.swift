import Documents

/// Reads the inputs and outputs of processes, and the fields of records.
struct ParameterReader {
    let types: TypeReader

    private var faults: DocumentFaults { types.faults }

    /// The elements of a list, or those of a map by their key (Schema Salad 1.2, "Identifier
    /// maps").
    ///
    /// - Parameter short: the field for which a value stands that is no object.
    static func entries(_ node: Node?, key: String, short: String) -> [Node] {
        guard let fields = node?.fields else { return node?.elements ?? [] }
        return fields.map { field in
            let id = Node.Field(
                name: key, place: field.place,
                value: Node(content: .scalar(.text(field.name)), place: field.place))
            var own: [Node.Field]
            if let fields = field.value.fields {
                own = fields.filter { $0.name != key }
            } else {
                own = [Node.Field(name: short, place: field.place, value: field.value)]
            }
            own.insert(id, at: 0)
            return Node(content: .object(own), place: field.place)
        }
    }

    func parameters(_ nodes: [Node], isOutput: Bool) -> [Parameter] {
        var names: Set<String> = []
        return nodes.compactMap { node in
            guard let id = (node["id"] ?? node["name"])?.text, !Identifier.short(id).isEmpty else {
                faults.add(node, field: "id", expected: "an object with an identifier")
                return nil
            }
            let name = Identifier.short(id)
            if !names.insert(name).inserted {
                faults.add(at: node.place, found: "\(name) twice", expected: "each name once")
            }
            KnownFields.check(node, isOutput ? "output" : "input", types.version, faults)
            return parameter(name, node)
        }
    }

    private func parameter(_ name: String, _ node: Node) -> Parameter {
        var parameter = Parameter(
            name: name, type: types.type(node["type"], of: node), place: node.place)
        parameter.defaultValue = node["default"]?.value
        parameter.binding = binding(node["inputBinding"])
        parameter.output = output(node["outputBinding"])
        parameter.secondaryFiles = secondaryFiles(node["secondaryFiles"])
        parameter.formats = (node["format"]?.asList ?? []).compactMap(\.text).map {
            $0.contains("$(") || $0.contains("${") ? $0 : types.namespaces.expanded($0)
        }
        parameter.isContentLoaded =
            flag(node["loadContents"]) || (parameter.binding?.isContentLoaded ?? false)
        parameter.listing = depth(node["loadListing"])
        return parameter
    }

    func flag(_ node: Node?) -> Bool {
        guard let node else { return false }
        if case .boolean(let isSo) = node.value { return isSo }
        faults.add(node, expected: "true or false")
        return false
    }

    func depth(_ node: Node?) -> ListingDepth? {
        guard let node else { return nil }
        if let depth = node.text.flatMap(ListingDepth.init) { return depth }
        faults.add(node, field: "loadListing", expected: "no_, shallow_ or deep_listing")
        return nil
    }

    func binding(_ node: Node?) -> CommandBinding? {
        guard let node else { return nil }
        guard node.fields != nil else {
            faults.add(node, field: "inputBinding", expected: "an object")
            return nil
        }
        KnownFields.check(node, "inputBinding", types.version, faults)
        var binding = CommandBinding()
        if let position = node["position"] {
            binding.position = position.value
            let isExpression = position.text?.contains("$") ?? false
            if position.value.wholeNumber == nil, !(isExpression && types.version >= .v11) {
                faults.add(position, field: "position", expected: "a whole number")
            }
        }
        binding.prefix = node["prefix"]?.text
        binding.isSeparate = node["separate"].map(flag) ?? true
        binding.itemSeparator = node["itemSeparator"]?.text
        binding.valueFrom = node["valueFrom"].map { $0.text ?? ValueText.json($0.value) }
        binding.isQuoted = node["shellQuote"].map(flag) ?? true
        binding.isContentLoaded = flag(node["loadContents"])
        return binding
    }

    func output(_ node: Node?) -> OutputBinding? {
        guard let node else { return nil }
        KnownFields.check(node, "outputBinding", types.version, faults)
        var binding = OutputBinding()
        binding.globs = (node["glob"]?.asList ?? []).compactMap(\.text)
        binding.isContentLoaded = flag(node["loadContents"])
        binding.listing = depth(node["loadListing"])
        binding.outputEval = node["outputEval"].map { $0.text ?? ValueText.json($0.value) }
        return binding
    }

    private func secondaryFiles(_ node: Node?) -> [SecondaryFile] {
        (node?.asList ?? []).compactMap { node in
            if let pattern = node.text {
                let isOptional =
                    types.version >= .v11 && pattern.hasSuffix("?") && !pattern.contains("$")
                return SecondaryFile(
                    pattern: isOptional ? String(pattern.dropLast()) : pattern,
                    required: isOptional ? .boolean(false) : nil)
            }
            guard types.version >= .v11, let pattern = node["pattern"]?.text else {
                faults.add(node, field: "secondaryFiles", expected: "a pattern")
                return nil
            }
            let isOptional = pattern.hasSuffix("?") && !pattern.contains("$")
            return SecondaryFile(
                pattern: isOptional ? String(pattern.dropLast()) : pattern,
                required: node["required"]?.value ?? (isOptional ? .boolean(false) : nil))
        }
    }
}
