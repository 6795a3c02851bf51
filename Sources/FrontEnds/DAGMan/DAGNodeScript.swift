import Workflows

/// What a DAG's node does, as a script of sh(1): its PRE script, its job, its POST script.
///
/// A failed PRE script fails the node without its job; the POST script's status is the node's
/// (HTCondor manual, "DAG Node Scripts").
struct DAGNodeScript {
    let text: String

    /// - Parameter description: `nil` of a node without a job.
    init(_ node: DAGNode, _ description: SubmitDescription?, submit: String) {
        let folder = node.folder ?? "."
        var lines = ["cd \(folder.shellWord) || exit 1", "code=0"]
        if let before = node.before {
            lines.append(Self.line(before, node) + " || exit $?")
        }
        if let description {
            var job = description.environment.sorted { $0.key < $1.key }.map {
                "\($0.key)=\($0.value.shellWord)"
            }
            job.append(Self.program(description.program).shellWord)
            job += description.arguments.map(\.shellWord)
            var line = "env " + job.joined(separator: " ")
            description.output.map { line += " > \($0.shellWord)" }
            description.error.map { line += " 2> \($0.shellWord)" }
            let place = description.folder.map { "cd \($0.shellWord) && " } ?? ""
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
            case "$JOB": node.name.shellWord
            case "$RETURN": "\"$RETURN\""
            case "$RETRY": "\"$((${SGS_ATTEMPT_NUMBER:-1} - 1))\""
            case "$MAX_RETRIES": String(node.retries)
            default: word.shellWord
            }
        }
        return ([program(script.program).shellWord] + words).joined(separator: " ")
    }
}
