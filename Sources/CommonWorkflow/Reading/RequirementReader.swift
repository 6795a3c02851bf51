import Documents

/// Reads the requirements and hints of a process or step.
struct RequirementReader {
    let version: CWLVersion
    let faults: DocumentFaults

    /// The features that only have to be named.
    private static let markers: Set<String> = [
        "SubworkflowFeatureRequirement", "ScatterFeatureRequirement",
        "MultipleInputFeatureRequirement", "StepInputExpressionRequirement", "SchemaDefRequirement",
        "SoftwareRequirement", "WorkReuse",
    ]
    /// What came with CWL 1.1.
    private static let newIn11: Set<String> = [
        "WorkReuse", "NetworkAccess", "InplaceUpdateRequirement", "ToolTimeLimit",
        "LoadListingRequirement",
    ]

    /// The requirements below `requirements`, by their class.
    func requirements(_ node: Node?) -> [String: Requirement] {
        read(node, isHint: false)
    }

    /// The hints; unknown ones are left out.
    func hints(_ node: Node?) -> [String: Requirement] {
        read(node, isHint: true)
    }

    /// The requirements of a list or map with their classes.
    static func entries(_ node: Node?) -> [(name: String, node: Node)] {
        if let fields = node?.fields { return fields.map { ($0.name, $0.value) } }
        return (node?.elements ?? []).map { ($0["class"]?.text ?? "", $0) }
    }

    private func read(_ node: Node?, isHint: Bool) -> [String: Requirement] {
        if let node, node.fields == nil, node.elements == nil {
            faults.add(
                node, field: isHint ? "hints" : "requirements", expected: "a list or an object")
        }
        var found: [String: Requirement] = [:]
        for (name, node) in Self.entries(node) {
            if !isHint, found[name] != nil {
                faults.add(
                    at: node.place, found: "\(name) twice", expected: "each requirement once")
            }
            if let requirement = requirement(name, node, isHint: isHint) {
                found[name] = requirement
            }
        }
        return found
    }

    private func requirement(_ name: String, _ node: Node, isHint: Bool) -> Requirement? {
        if Self.newIn11.contains(name), version < .v11 {
            unknown(name, node, isHint)
            return nil
        }
        if isHint, name == "DockerRequirement" { return nil }
        KnownFields.check(node, name, version, faults)
        switch name {
        case let name where Self.markers.contains(name): return .marker
        case "InlineJavascriptRequirement":
            return .javascript((node["expressionLib"]?.asList ?? []).compactMap(\.text))
        case "InitialWorkDirRequirement":
            guard let listing = node["listing"] else { return missing("listing", node) }
            return .initialFolder(listing)
        case "EnvVarRequirement":
            guard let variables = node["envDef"] else { return missing("envDef", node) }
            return .environment(self.variables(variables))
        case "ShellCommandRequirement": return .shellCommand
        case "ResourceRequirement":
            return .resources(
                Dictionary(
                    (node.fields ?? []).map { ($0.name, $0.value.value) },
                    uniquingKeysWith: { first, _ in first }))
        case "ToolTimeLimit":
            guard let limit = node["timelimit"] else { return missing("timelimit", node) }
            checkTimeLimit(limit)
            return .timeLimit(limit.value)
        case "NetworkAccess":
            guard let access = node["networkAccess"] else { return missing("networkAccess", node) }
            return .networkAccess(access.value)
        case "InplaceUpdateRequirement":
            return .inplaceUpdate(node["inplaceUpdate"]?.value == .boolean(true))
        case "LoadListingRequirement":
            guard let depth = node["loadListing"] else { return .listing(.none) }
            guard let depth = depth.text.flatMap(ListingDepth.init) else {
                faults.add(depth, field: "loadListing", expected: "no_, shallow_ or deep_listing")
                return nil
            }
            return .listing(depth)
        case "DockerRequirement":
            faults.addUnsupported("DockerRequirement: containers are not offered", at: node.place)
            return nil
        default:
            unknown(name, node, isHint)
            return nil
        }
    }

    private func unknown(_ name: String, _ node: Node, _ isHint: Bool) {
        guard !isHint else { return }
        if name.isEmpty {
            faults.add(node, field: "requirements", expected: "a requirement with its class")
        } else {
            faults.addUnsupported("unknown requirement \(name)", at: node.place)
        }
    }

    private func missing(_ field: String, _ node: Node) -> Requirement? {
        faults.add(at: node.place, field: field, found: "nothing", expected: "a value")
        return nil
    }

    private func checkTimeLimit(_ node: Node) {
        if node.text != nil { return }
        guard let seconds = node.value.number, seconds >= 0, node.value.wholeNumber != nil else {
            return faults.add(
                node, field: "timelimit", expected: "seconds from 0, or an expression")
        }
    }

    private func variables(_ node: Node) -> [Requirement.Variable] {
        let entries: [(name: Node?, value: Node?)] =
            if let fields = node.fields {
                fields.map { field in
                    (
                        Node(content: .scalar(.text(field.name)), place: field.place),
                        field.value["envValue"] ?? field.value
                    )
                }
            } else {
                (node.elements ?? []).map { ($0["envName"], $0["envValue"]) }
            }
        return entries.compactMap { entry in
            guard let name = entry.name?.text, let value = entry.value?.text, !name.isEmpty,
                !name.contains("="), !name.utf8.contains(0)
            else {
                faults.add(node, field: "envDef", expected: "names with texts")
                return nil
            }
            return Requirement.Variable(name: name, value: value)
        }
    }
}
