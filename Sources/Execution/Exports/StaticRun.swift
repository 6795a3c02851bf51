import Documents
import Foundation
import Workflows

/// A run in which every payload that there will be is there: what holds others holds them, and
/// each port's file has a place below a folder.
///
/// What follows from a list that a payload has yet to write is not there; `faults` names it.
struct StaticRun {
    /// All of its payloads count as completed, so that the files between them have names.
    private(set) var life: RunLife
    private(set) var faults: [Diagnostic] = []
    /// The files of the graph's inputs.
    let inputs: [String: [String]]
    /// Folder of the payloads' own folders; absolute.
    let folder: String
    private let file: String

    /// - Parameter file: what faults are told of.
    init(_ life: RunLife, inputs: [String: [String]], folder: String, file: String) {
        self.life = life
        self.inputs = inputs
        self.folder = folder
        self.file = file
        var number = 0
        while number < self.life.count {
            expand(number)
            self.life.complete(number)
            number += 1
        }
    }

    private mutating func expand(_ number: Int) {
        guard !life.isContainer(number) else { return }
        switch life.node(number).kind {
        case .exec, .group: return
        case .nested(let body): life.expand(number, .nested, body)
        case .parallel(let body, let over):
            let elements: [String]
            switch life.list(of: number) {
            case .input(let name): elements = inputs[name] ?? []
            case .list(let parts): elements = parts.map { path(of: $0) ?? "" }
            default:
                return fault(
                    number, over,
                    found: "a list that is known when an earlier payload has written it",
                    expected: "one that is given, or a run that has it")
            }
            guard life.count + elements.count * body.nodes.count <= RunLife.maximumCount else {
                return fault(
                    number, over, found: "a list of \(elements.count)",
                    expected: "at most \(RunLife.maximumCount) payloads")
            }
            life.expand(number, .parallel(elements), body)
        }
    }

    private mutating func fault(
        _ number: Int, _ field: String, found: String, expected: String
    ) {
        faults.append(
            Diagnostic(
                file: file, place: .record(life.path(number)), field: field, found: found,
                expected: expected))
    }

    /// The folder of a payload.
    func folder(of number: Int) -> String {
        "\(folder)/\(life.path(number))"
    }

    /// Where an output of a payload lies; `nil` where it has no such port.
    func output(_ number: Int, _ port: String) -> String? {
        life.node(number).executable?.outputs.first { $0.name == port }.map {
            "\(folder(of: number))/\($0.name).\($0.mime)"
        }
    }

    /// The one file behind a port; `nil` where it has none, or a list.
    private func path(of files: PortFiles) -> String? {
        switch files {
        case .input(let name): inputs[name]?.first
        case .element(let container, let index): life.element(container: container, index: index)
        case .output(let number, let port): output(number, port)
        case .list, .tuples, .absent: nil
        }
    }

    /// What a payload finds at an input port.
    enum Given: Hashable {
        /// A file that is there, or will be; of an input of the graph where `input` says so.
        case file(String, input: String?)
        /// A list of files, or of lists of them.
        case list(JSONValue)
        /// The file of this place, from 0, of a list that an earlier payload writes.
        case element(list: String, index: Int)
        case nothing
    }

    func given(to number: Int, _ port: Executable.InputPort) -> Given {
        let files = life.files(of: number, port: port.name)
        if port.content == .listfile { return given(list: files) }
        if case .element(let container, let index) = files,
            case .output(let maker, let list)? = life.list(of: container),
            let path = output(maker, list)
        {
            return .element(list: path, index: index)
        }
        guard let path = path(of: files) else { return .nothing }
        if case .input(let name) = files { return .file(path, input: name) }
        return .file(path, input: nil)
    }

    private func given(list files: PortFiles) -> Given {
        switch files {
        case .input(let name): .list(.list(inputs[name] ?? []))
        case .list(let parts): .list(.list(parts.compactMap { path(of: $0) }))
        case .tuples(let tuples):
            .list(
                .list(
                    tuples.map { tuple in
                        guard case .list(let parts) = tuple else { return .list([String]()) }
                        return .list(parts.compactMap { path(of: $0) })
                    }))
        // Whoever makes the list writes it as a file.
        case .output(let number, let port):
            output(number, port).map { .file($0, input: nil) } ?? .nothing
        case .element: path(of: files).map { .list(.list([$0])) } ?? .nothing
        case .absent: .nothing
        }
    }
}

extension RunLife {
    /// Takes a payload as completed, whatever became of it.
    fileprivate mutating func complete(_ number: Int) { lives[number].state = .completed }
}
