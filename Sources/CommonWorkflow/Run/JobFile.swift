import Documents

/// The input object of a run (CWL 1.2, "Executing CWL documents").
struct JobFile {
    /// Values by the names of inputs.
    let inputs: JSONValue
    /// Further requirements of the process.
    let requirements: Node?
    /// The document that it is for.
    let tool: String?
    let place: Node.Place?

    /// Without values.
    static let empty = JobFile(inputs: [:], requirements: nil, tool: nil, place: nil)

    /// - Parameters:
    ///   - root: the content of its file.
    ///   - folder: to which its files are relative; its own where `nil`.
    ///   - namespaces: those of the document.
    init(_ root: Node, in folder: String?, namespaces: Namespaces, faults: DocumentFaults) {
        place = root.place
        guard let fields = root.fields else {
            if !root.isNull { faults.add(root, expected: "an object") }
            (inputs, requirements, tool) = ([:], nil, nil)
            return
        }
        tool = root["cwl:tool"]?.text
        requirements = root["cwl:requirements"]
        let own = Namespaces(root["$namespaces"])
        inputs = .object(
            fields.filter { !$0.name.hasPrefix("cwl:") && !$0.name.hasPrefix("$") }.map { field in
                let value = field.value.value(in: folder).mappingFiles { file in
                    guard let format = file["format"]?.string else { return file }
                    return file.setting(
                        "format", to: .text(namespaces.expanded(own.expanded(format))))
                }
                return .init(name: field.name, value: value)
            })
    }

    private init(inputs: JSONValue, requirements: Node?, tool: String?, place: Node.Place?) {
        self.inputs = inputs
        self.requirements = requirements
        self.tool = tool
        self.place = place
    }
}
