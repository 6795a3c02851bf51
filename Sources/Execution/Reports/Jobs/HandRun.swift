public import Foundation
import Payloads

/// A payload run by hand in a folder of its own, with a debugger or a profiler around it.
public struct HandRun: Hashable, Sendable {
    public enum Tool: Hashable, Sendable {
        case none, debugger, profiler
    }

    /// The program and its arguments, the tool's first.
    public let words: [String]
    /// What the profiler leaves; `nil` where there is none.
    public let profile: String?
    /// The program of the tool that is not here.
    public let missing: String?

    /// - Parameters:
    ///   - interpreter: the words that run the program where it is a Python script.
    ///   - find: the path of a program, where it is installed.
    init(
        _ command: PayloadCommand, _ tool: Tool, interpreter: [String]?,
        find: (String) -> String?
    ) {
        let plain = [command.program] + command.arguments
        switch (tool, interpreter) {
        case (.none, _):
            words = command.words
            profile = nil
            missing = nil
        case (.debugger, let interpreter?):
            words = interpreter + ["-m", "pdb"] + plain
            profile = nil
            missing = nil
        case (.debugger, nil):
            words = [find("gdb") ?? "gdb", "--args"] + plain
            profile = nil
            missing = find("gdb") == nil ? "gdb" : nil
        case (.profiler, let interpreter?):
            let path = "\(command.logdir)/profile.pstats"
            words = interpreter + ["-m", "cProfile", "-o", path] + plain
            profile = path
            missing = nil
        case (.profiler, nil):
            let path = "\(command.logdir)/perf.data"
            words = [find("perf") ?? "perf", "record", "-g", "-o", path, "--"] + plain
            profile = path
            missing = find("perf") == nil ? "perf" : nil
        }
    }

    /// - Parameter searchPath: folders of programs.
    public init(_ command: PayloadCommand, _ tool: Tool, searchPath: [String]) {
        self.init(command, tool, interpreter: Self.interpreter(of: command.program)) { name in
            searchPath.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
        }
    }

    /// The words of the first line of a Python script (`#!/usr/bin/env python3`).
    static func interpreter(of program: String) -> [String]? {
        guard let handle = FileHandle(forReadingAtPath: program) else { return nil }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: 256), data.starts(with: Data("#!".utf8))
        else { return nil }
        let line = String(decoding: data.dropFirst(2).prefix { $0 != 0x0A }, as: UTF8.self)
        let words = line.split(separator: " ").map(String.init)
        let isPython = words.contains {
            ($0 as NSString).lastPathComponent.hasPrefix("python")
        }
        return isPython ? words : nil
    }

    /// Makes its folders and its lists of files.
    public static func prepare(_ command: PayloadCommand) throws {
        try StoredFiles.makeFolder(command.logdir)
        try StoredFiles.makeFolder(command.workdir)
        for (path, list) in command.lists { try StoredFiles.write(Data(list.utf8), to: path) }
    }

    private static let mostLines = 40

    /// What a payload that failed said of its place at last: the last Python traceback, else its
    /// last lines; printable, at most 40 lines.
    public static func backtrace(_ errors: Data) -> String {
        let lines = errors.suffix(1 << 16).split(separator: 0x0A).map { printable($0, limit: 200) }
        let start = lines.lastIndex { $0.hasPrefix("Traceback (most recent call last)") }
        return lines[(start ?? 0)...].suffix(mostLines).joined(separator: "\n")
    }
}
