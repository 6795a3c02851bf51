import GroundSegment
import Payloads
import Workflows

/// Everything that an attempt of a payload is made of; nothing of it has been written yet.
struct AttemptPlan: Sendable {
    /// Unique among all attempts of the runner: `RUN/PATH#NUMBER`.
    let id: String
    let token: Int64
    /// Where in the graph the payload is.
    let path: String
    let executable: Executable
    let resources: Resources
    /// The files behind each input port.
    let files: [String: [String]]
    /// Those behind a port that gets the outputs of a parallel node together, by iteration.
    var tuples: [String: [[String]]] = [:]
    let folder: String
    let workFolder: String
    let environment: [String: String]
    /// The first attempt of those with which it is handed to the host; `nil` where it is alone.
    var cluster: String?

    /// The release of the pipelines' software that is asked for; may be empty.
    var release: String { environment["SGS_SOFTWARE_RELEASE"] ?? "" }

    /// Its TMPDIR, removed when it has ended.
    var temporaryFolder: String { "\(folder)/tmp" }

    /// The files that it has to make, by port.
    var outputs: [String: String] {
        Dictionary(
            executable.outputs.map { ($0.name, "\(workFolder)/\($0.name).\($0.mime)") },
            uniquingKeysWith: { first, _ in first })
    }

    /// How long it may live: its agent ends it then.
    var longestLife: Duration {
        .seconds(min(max(0, resources.walltime), 1e9) + Self.farewell)
    }

    /// Seconds that an attempt may need to end after its walltime.
    private static let farewell = 90.0

    /// All files that it reads, each once.
    var inputPaths: [String] { Set(files.values.joined()).sorted() }

    /// The list that a port with any number of files gets.
    func listPath(_ port: String) -> String { "\(workFolder)/\(port).list.json" }

    /// What that list says: paths, or a list of paths for each iteration of a parallel node.
    ///
    /// - Throws: what the encoder throws.
    func list(_ port: String) throws -> String {
        if let tuples = tuples[port] { return try Document.text(tuples) }
        return try Document.text(files[port] ?? [])
    }

    /// The command's arguments after the program.
    var arguments: [String] {
        var arguments = executable.arguments + ["--workdir=\(workFolder)", "--logdir=\(folder)"]
        for port in executable.inputs {
            let path = port.content == .file ? files[port.name]?.first : listPath(port.name)
            arguments.append("--\(port.name)=\(path ?? "")")
        }
        let outputs = outputs
        for port in executable.outputs {
            arguments.append("--\(port.name)=\(outputs[port.name] ?? "")")
        }
        return arguments
    }

    var need: Need {
        Need(cores: resources.cores, memory: resources.memory, gpus: resources.gpus)
    }
}
