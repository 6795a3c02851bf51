import Documents

/// The fields that CWL's classes have; another without a namespace is a fault (Schema Salad 1.2,
/// "Field names").
enum KnownFields {
    private static let process = [
        "id", "class", "label", "doc", "inputs", "outputs", "requirements", "hints", "cwlVersion",
        "intent", "$namespaces", "$schemas", "$base", "$graph",
    ]
    private static let parameter = [
        "id", "name", "type", "label", "doc", "secondaryFiles", "streamable", "format",
        "loadContents", "loadListing", "default", "inputBinding", "outputBinding",
    ]

    private static let fields: [String: [String]] = [
        "CommandLineTool": process + [
            "baseCommand", "arguments", "stdin", "stdout", "stderr", "successCodes",
            "temporaryFailCodes", "permanentFailCodes",
        ],
        "Workflow": process + ["steps"],
        "ExpressionTool": process + ["expression"],
        "Operation": process,
        "input": parameter,
        "output": parameter + ["outputSource", "linkMerge", "pickValue"],
        "step": [
            "id", "in", "out", "run", "requirements", "hints", "label", "doc", "scatter",
            "scatterMethod", "when",
        ],
        "step input": [
            "id", "source", "linkMerge", "pickValue", "loadContents", "loadListing", "label",
            "default", "valueFrom",
        ],
        "inputBinding": [
            "loadContents", "position", "prefix", "separate", "itemSeparator", "valueFrom",
            "shellQuote",
        ],
        "outputBinding": ["loadContents", "loadListing", "glob", "outputEval"],
        "InlineJavascriptRequirement": ["class", "expressionLib"],
        "SchemaDefRequirement": ["class", "types"],
        "InitialWorkDirRequirement": ["class", "listing"],
        "EnvVarRequirement": ["class", "envDef"],
        "ShellCommandRequirement": ["class"],
        "ResourceRequirement": [
            "class", "coresMin", "coresMax", "ramMin", "ramMax", "tmpdirMin", "tmpdirMax",
            "outdirMin", "outdirMax",
        ],
        "ToolTimeLimit": ["class", "timelimit"],
        "WorkReuse": ["class", "enableReuse"],
        "NetworkAccess": ["class", "networkAccess"],
        "InplaceUpdateRequirement": ["class", "inplaceUpdate"],
        "LoadListingRequirement": ["class", "loadListing"],
        "SubworkflowFeatureRequirement": ["class"], "ScatterFeatureRequirement": ["class"],
        "MultipleInputFeatureRequirement": ["class"], "StepInputExpressionRequirement": ["class"],
    ]

    /// What came with CWL 1.2.
    private static let newIn12: [String: [String]] = [
        "CommandLineTool": ["intent"], "Workflow": ["intent"], "ExpressionTool": ["intent"],
        "step": ["when"], "step input": ["pickValue"], "output": ["pickValue"],
    ]

    /// What came with CWL 1.1.
    private static let newIn11: [String: [String]] = [
        "input": ["loadContents", "loadListing"], "output": ["loadContents", "loadListing"],
        "step input": ["loadContents", "loadListing", "label"], "outputBinding": ["loadListing"],
    ]

    /// Notes the fields of an object that its class does not have.
    static func check(
        _ node: Node, _ owner: String, _ version: CWLVersion, _ faults: DocumentFaults
    ) {
        guard let known = fields[owner] else { return }
        for field in node.fields ?? [] where !field.name.contains(":") && !field.name.contains("#")
        {
            let isKnown = known.contains(field.name)
            let isNewer =
                version < .v12 && newIn12[owner, default: []].contains(field.name)
                || version < .v11 && newIn11[owner, default: []].contains(field.name)
            guard !isKnown || isNewer else { continue }
            faults.add(
                at: field.place, field: field.name,
                found: isNewer
                    ? "a field of a later version of CWL" : "an unknown field of \(owner)",
                expected: Spelling.nearest(to: field.name, in: known).map { "\($0), or nothing" }
                    ?? "fields of \(owner)")
        }
    }
}
