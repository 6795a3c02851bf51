/// The tasks and pipelines that the modules of a folder define.
public struct PackageCatalogue: Hashable, Sendable, Codable {
    public let tasks: [Task]
    public let pipelines: [Pipeline]

    /// A program of a Package Definition.
    public struct Task: Hashable, Sendable, Codable {
        /// The variable's name, by which scripts call it.
        public let name: String
        /// The Python module that defines it.
        public let module: String
        public let command: String
        public let inputs: [Input]
        public let outputs: [Output]
        public let resources: Amounts
    }

    public struct Input: Hashable, Sendable, Codable {
        public let name: String
        /// `file` or `listfile`.
        public let content: String

        enum CodingKeys: String, CodingKey {
            case name
            case content = "content_type"
        }
    }

    public struct Output: Hashable, Sendable, Codable {
        public let name: String
        /// `file` or `listfile`.
        public let content: String
        public let mime: String
        /// The inputs that it is made from.
        public let lineage: [String]

        enum CodingKeys: String, CodingKey {
            case name, lineage
            case content = "content_type"
            case mime = "mime_type"
        }
    }

    /// What a task asks for: MiB, and seconds.
    public struct Amounts: Hashable, Sendable, Codable {
        public let cores: Int
        public let memory: Int
        public let walltime: Double
        public let virtualMemory: Int?
        public let temporary: Int?
        public let gpus: Int?

        enum CodingKeys: String, CodingKey {
            case cores, gpus
            case memory = "ram_MiB"
            case walltime = "walltime_s"
            case virtualMemory = "vms_MiB"
            case temporary = "tmp_MiB"
        }
    }

    /// A function that is a pipeline.
    public struct Pipeline: Hashable, Sendable, Codable {
        public let name: String
        public let file: String
        public let inputs: [String]
        public let outputs: [String]
    }
}
