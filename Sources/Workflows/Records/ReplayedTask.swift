import Documents
import Foundation

/// The task of a recorded workflow that a payload stands for, as the payload's arguments say it:
/// names that a graph's own cannot be, and files that no port has.
public struct ReplayedTask: Hashable, Sendable, Codable {
    public let workflow: String
    public let task: String
    public let name: String
    public let program: String
    public let arguments: [String]
    /// Percents of one core.
    public let processor: Double?
    public let reads: [File]
    public let writes: [File]

    /// A file's name and size.
    public struct File: Hashable, Sendable {
        public let name: String
        /// Bytes.
        public let size: Int
    }

    init(_ task: RecordedWorkflow.Task, of workflow: RecordedWorkflow) {
        func files(_ names: [String]) -> [File] {
            names.map { File(name: $0, size: workflow.files[$0] ?? 0) }
        }
        self.workflow = workflow.name
        self.task = task.id
        name = task.name
        program = task.program
        arguments = task.arguments
        processor = task.processor
        reads = files(task.inputs)
        writes = files(task.outputs)
    }

    /// The program that replays tasks; it lies beside the runner.
    static let player = "sample-step"
    private static let label = "--record="
    /// Bytes of an argument: the kernel takes 128 KiB (execve(2)).
    private static let mostBytes = 60_000

    /// What lasts so long and occupies so much, and says what it stands for.
    func command(seconds: Double, mebibytes: Int) -> [String] {
        var words = [Self.player, "--seconds=\(JSONText.digits(of: max(0, seconds)))"]
        if let processor, processor > 0 {
            let cores = (min(processor, 1e6) * 10_000).rounded() / 1e6
            words.append("--cores=\(JSONText.digits(of: cores))")
        }
        if mebibytes > 0 { words.append("--mebibytes=\(mebibytes)") }
        return words + parts.map { Self.label + $0 }
    }

    /// This as a text, cut into arguments.
    private var parts: [String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return [] }
        var parts: [String] = []
        var part = ""
        var bytes = 0
        for scalar in String(decoding: data, as: UTF8.self).unicodeScalars {
            part.unicodeScalars.append(scalar)
            bytes += UTF8.width(scalar)
            if bytes >= Self.mostBytes {
                parts.append(part)
                (part, bytes) = ("", 0)
            }
        }
        return part.isEmpty ? parts : parts + [part]
    }

    /// Reads what a payload's arguments say; `nil` where it replays nothing.
    public init?(_ executable: Executable) {
        let parts = executable.arguments.filter { $0.hasPrefix(Self.label) }
        guard executable.command == Self.player, !parts.isEmpty else { return nil }
        let text = parts.map { $0.dropFirst(Self.label.count) }.joined()
        guard let read = try? JSONDecoder().decode(ReplayedTask.self, from: Data(text.utf8)) else {
            return nil
        }
        self = read
    }
}

extension ReplayedTask.File: Codable {
    /// A list of the two, for tasks have thousands of files.
    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        name = try list.decode(String.self)
        size = try list.decode(Int.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(name)
        try list.encode(size)
    }
}
