/// What a DAG's node does, as a script of sh(1): its PRE script, its job, its POST script.
///
/// A failed PRE script fails the node without its job; the POST script's status is the node's
/// (HTCondor manual, "DAG Node Scripts").
struct DAGNodeScript {
    let text: String

    /// - Parameter description: `nil` of a node without a job.
    init(_ node: DAGNode, _ description: SubmitDescription?, submit: String) {
        let folder = node.folder ?? "."
        var lines = ["cd \(Self.quoted(folder)) || exit 1", "code=0"]
        if let before = node.before {
            lines.append(Self.line(before, node) + " || exit $?")
        }
        if let description {
            var job = description.environment.sorted { $0.key < $1.key }.map {
                "\($0.key)=\(Self.quoted($0.value))"
            }
            job.append(Self.quoted(Self.program(description.program)))
            job += description.arguments.map(Self.quoted)
            var line = "env " + job.joined(separator: " ")
            description.output.map { line += " > \(Self.quoted($0))" }
            description.error.map { line += " 2> \(Self.quoted($0))" }
            let place = description.folder.map { "cd \(Self.quoted($0)) && " } ?? ""
            lines.append("(\(place)\(line)) || code=$?")
        }
        if let after = node.after {
            lines.append("RETURN=$code")
            lines.append(Self.line(after, node) + "; code=$?")
        }
        lines.append("exit $code")
        text = lines.joined(separator: "\n")
    }

    /// A program that lies in the folder of the job is not looked for in PATH.
    private static func program(_ name: String) -> String {
        name.contains("/") ? name : "./" + name
    }

    private static func line(_ script: DAGNode.Script, _ node: DAGNode) -> String {
        let words = script.arguments.map { word -> String in
            switch word {
            case "$JOB": quoted(node.name)
            case "$RETURN": "\"$RETURN\""
            case "$RETRY": "\"$((${SGS_ATTEMPT_NUMBER:-1} - 1))\""
            case "$MAX_RETRIES": String(node.retries)
            default: quoted(word)
            }
        }
        return ([quoted(program(script.program))] + words).joined(separator: " ")
    }

    /// A word that a shell takes for this text.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
