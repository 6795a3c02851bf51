import Documents
import Foundation
import Workflows

/// One job of a DAG: its submit description, the script that it needs at most, and its lists.
struct DAGManJob {
    /// Added to the job's environment.
    var variables: [String: String] = [:]
    /// Assignments of the node's VARS: the files of the graph's inputs, which can be changed there.
    private(set) var values: [String] = []
    /// The lists of files that it reads, by their names below the folder.
    private(set) var lists: [String: String] = [:]

    private let executable: Executable
    private let resources: Resources
    private let path: String
    private let name: String
    private let folder: String
    /// Arguments after the program: texts, or elements of a list that is there later.
    private var arguments: [Argument] = []
    private var needsScript = false

    private enum Argument {
        case text(String)
        /// A text with a macro of the node's in the end.
        case macro(String, String)
        case element(String, list: String, index: Int)
    }

    init(
        _ run: StaticRun, _ number: Int, _ executable: Executable, folder: String, name: String
    ) {
        self.executable = executable
        self.folder = folder
        self.name = name
        path = run.life.path(number)
        resources = run.life.request(number) ?? executable.resources
        arguments = executable.arguments.map(Argument.text)
        arguments.append(.text("--workdir=\(run.folder(of: number))"))
        arguments.append(.text("--logdir=\(folder)/logs"))
        for port in executable.inputs { add(port, run.given(to: number, port)) }
        for port in executable.outputs {
            arguments.append(.text("--\(port.name)=\(run.output(number, port.name) ?? "")"))
        }
        needsScript = arguments.contains { argument in
            switch argument {
            case .text(let text), .macro(let text, _):
                text.contains { $0.isNewline } || text.contains("$$")
            case .element: true
            }
        }
    }

    private mutating func add(_ port: Executable.InputPort, _ given: StaticRun.Given) {
        let head = "--\(port.name)="
        switch given {
        case .nothing: arguments.append(.text(head))
        case .file(let path, let input?) where path.allSatisfy(Self.isPlain):
            let macro = "input_" + input.replacing("-", with: "_")
            values.append("\(macro)=\"\(path)\"")
            arguments.append(.macro(head, macro))
        case .file(let path, _): arguments.append(.text(head + path))
        case .list(let list):
            let file = "work/\(self.path)/\(port.name).list.json"
            lists[file] = list.encoded + "\n"
            arguments.append(.text("\(head)\(folder)/\(file)"))
        case .element(let list, let index):
            arguments.append(.element(head, list: list, index: index))
        }
    }

    /// Letters of a path that mean nothing else in a DAG or a submit description.
    private static func isPlain(_ letter: Character) -> Bool {
        letter.isASCII && (letter.isLetter || letter.isNumber || "/._-+,:@%=".contains(letter))
    }

    /// The submit description.
    ///
    /// - Parameter program: its path; found by PATH where `nil`.
    func description(program: String?) -> String {
        var words: [String]
        if needsScript {
            words = ["\(folder)/\(name).sh"]
            words += arguments.compactMap {
                if case .macro(let head, let macro) = $0 { "\(head)\u{0}(\(macro))" } else { nil }
            }
        } else {
            words = self.program(program)
            words += arguments.map {
                switch $0 {
                case .text(let text): text
                case .macro(let head, let macro): "\(head)\u{0}(\(macro))"
                case .element(let head, _, _): head
                }
            }
        }
        var environment = variables.filter { !$0.value.isEmpty }
        environment["SGS_STEP"] = path
        environment["SGS_CORES"] = "\(resources.cores)"
        environment["SGS_MEMORY_MIB"] = "\(resources.memory)"
        let pairs = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var lines = [
            "# \(path): \(executable.name)", "universe = vanilla", "executable = \(words[0])",
            "transfer_executable = false", "should_transfer_files = no",
            "arguments = \(Self.line(Array(words.dropFirst())))",
            "environment = \(Self.line(pairs))", "getenv = PATH",
            "initialdir = \(folder)/work/\(path)", "output = \(folder)/logs/\(name).out",
            "error = \(folder)/logs/\(name).err", "log = \(folder)/logs/\(name).log",
            "request_cpus = \(resources.cores)", "request_memory = \(resources.memory)",
        ]
        resources.temporary.map { lines.append("request_disk = \($0 << 10)") }
        if resources.gpus > 0 { lines.append("request_gpus = \(resources.gpus)") }
        lines.append(
            "allowed_execute_duration = \(Int(min(1e9, max(1, resources.walltime.rounded(.up)))))")
        return (lines + ["queue"]).joined(separator: "\n") + "\n"
    }

    private func program(_ path: String?) -> [String] {
        path.map { [$0] } ?? ["/usr/bin/env", executable.command]
    }

    /// The script that the description names; `nil` where it needs none.
    func script(program: String?) -> String? {
        guard needsScript else { return nil }
        var lines = ["#!/bin/sh", "# \(path)"]
        let hasElements = arguments.contains { if case .element = $0 { true } else { false } }
        if hasElements {
            lines += [
                "# The file of this place, from 1, of a JSON list of files.", "element() {",
                "    tr -d '[]\"\\n' <\"$1\" | tr ',' '\\n' | sed 's/^ *//; s/ *$//; s,\\\\/,/,g' |",
                "        sed -n \"$2{p;q;}\" | grep .", "}",
            ]
        }
        var words = self.program(program).map(\.shellWord)
        var count = 0
        for argument in arguments {
            switch argument {
            case .text(let text): words.append(text.shellWord)
            case .macro:
                count += 1
                words.append("\"${\(count)}\"")
            case .element(let head, let list, let index):
                lines.append("item=$(element \(list.shellWord) \(index + 1)) || exit 1")
                words.append("\(head)\"$item\"")
            }
        }
        return (lines + ["exec " + words.joined(separator: " \\\n    ")]).joined(separator: "\n")
            + "\n"
    }

    /// Words in double quotes as condor_submit(1) takes them; a dollar is written as the macro that
    /// stands for it, and a NUL as the dollar of a macro.
    static func line(_ words: [String]) -> String {
        let quoted = words.map { word -> String in
            let inner = word.replacing("'", with: "''").replacing("\"", with: "\"\"")
                .replacing("$", with: "$(DOLLAR)").replacing("\u{0}", with: "$")
            let isPlain = !word.isEmpty && !word.contains { $0 == " " || $0 == "'" || $0 == "\t" }
            return isPlain ? inner : "'\(inner)'"
        }
        return "\"\(quoted.joined(separator: " "))\""
    }
}
