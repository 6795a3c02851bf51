import Foundation

/// A graph as the unmodified public scripts gave it (`sgs-graph-draft/0`).
struct DraftGraph: Decodable {
    let pipeline: Body
    let executables: [Executable]

    struct Body: Decodable {
        let name: String
        let inputs: [String]
        let nodes: [Node]
        let outputs: [Source]
        let names: [String]?

        enum CodingKeys: String, CodingKey {
            case name, inputs, nodes, outputs
            case names = "output_names"
        }
    }

    struct Node: Decodable {
        let id: String
        let kind: String
        let executable: String?
        let iterable: String?
        let sources: [String: Source]
        /// Ports that the script passes and the program does not declare.
        let unknown: [String]?
        let body: Body?

        enum CodingKeys: String, CodingKey {
            case id, kind, executable, iterable, body
            case sources = "in"
            case unknown = "unknown_ports"
        }
    }

    struct Source: Decodable {
        let input: String?
        let node: String?
        /// `out[K]` for the output of that place of a node that holds others, `tuplelist` for
        /// those of a parallel one together.
        let port: String?
    }

    struct Executable: Decodable {
        let name: String
        let command: String
        let outputs: [Output]
        let resources: Amounts
    }

    struct Output: Decodable {
        let name: String
        let mime: String

        enum CodingKeys: String, CodingKey {
            case name
            case mime = "mime_type"
        }
    }

    /// GB of 1024 MiB, and hours.
    struct Amounts: Decodable {
        let cores: Int
        let memory: Double
        let walltime: Double

        enum CodingKeys: String, CodingKey {
            case cores
            case memory = "ram_GB"
            case walltime = "walltime_h"
        }
    }
}
