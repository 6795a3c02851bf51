import Documents

extension Executable {
    /// What the program is called with, always the same text for the same: command, arguments and
    /// ports, but neither its own name nor its resources, which change nothing of what it makes.
    ///
    /// With the inputs' digests and the software's release it tells whether a result that is kept
    /// stands for a payload.
    public var contentKey: String {
        JSONValue.fields([
            "command": .text(command), "arguments": .list(arguments),
            "inputs": .list(inputs.map { .list([$0.name, $0.content.rawValue]) }),
            "outputs": .list(outputs.map { .list([$0.name, $0.mime, $0.content.rawValue]) }),
        ]).canonical
    }
}
