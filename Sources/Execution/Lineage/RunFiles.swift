import Foundation
import GroundSegment
public import Markup
import Workflows

/// The files of a run: what each is called, and what each was made from.
struct RunFiles {
    /// An output of the run's graph.
    struct Kept: Hashable, Sendable {
        let name: String
        /// Empty where no order asked for the run.
        let product: String
        /// Where it is kept, or lies until the run has completed.
        let path: String
        let stored: StoredOutput
    }

    /// A file at a port of a payload.
    struct Port: Hashable {
        let payload: Int
        let port: String
    }

    private let facts: RunFacts
    private let stored: [Port: StoredOutput]
    let kept: [Kept]
    private let keptByPort: [Port: Kept]

    /// - Parameter facts: read whole.
    init(_ facts: RunFacts, _ storage: Storage) {
        self.facts = facts
        let stored = Dictionary(
            facts.outputs.map { (Port(payload: $0.payload, port: $0.port), $0) },
            uniquingKeysWith: { $1 })
        self.stored = stored
        let life = facts.life
        kept = life.graph.outputs.flatMap { output in
            Self.ports(life.files(of: output)).compactMap { stored[$0] }.map {
                Self.kept($0, as: output, of: facts, storage)
            }
        }
        keptByPort = Dictionary(
            kept.map { (Port(payload: $0.stored.payload, port: $0.stored.port), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func kept(
        _ stored: StoredOutput, as output: GraphOutput, of facts: RunFacts, _ storage: Storage
    ) -> Kept {
        let suffix = (stored.path as NSString).pathExtension
        let isOver = facts.life.state == .completed
        guard let order = facts.run.order else {
            let result = "\(storage.resultFolder(of: facts.run.id))/\(output.name).\(suffix)"
            return Kept(
                name: output.name, product: "", path: isOver ? result : stored.path, stored: stored)
        }
        let product = Storage.productName(
            item: order.item, task: order.task, output: output.name, mime: suffix)
        let path = storage.path(of: product, survey: order.survey, at: storage.sdc)
        return Kept(
            name: output.name, product: product, path: isOver ? path : stored.path, stored: stored)
    }

    /// The ports of payloads behind a port.
    private static func ports(_ files: PortFiles) -> [Port] {
        switch files {
        case .output(let number, let port): [Port(payload: number, port: port)]
        case .list(let all), .tuples(let all): all.flatMap(ports)
        case .input, .element, .absent: []
        }
    }

    /// The names of the files behind a port: products where they are any, else paths.
    func names(_ files: PortFiles) -> [String] {
        switch files {
        case .input(let name):
            facts.run.inputs.filter { $0.port == name }.map(Self.name)
        case .element(let container, let index):
            facts.life.element(container: container, index: index).map { [$0] } ?? []
        case .output(let payload, let port):
            [name(Port(payload: payload, port: port))].compactMap { $0 }
        case .list(let all), .tuples(let all): all.flatMap(names)
        case .absent: []
        }
    }

    static func name(_ input: StagedInput) -> String {
        input.product.isEmpty ? input.path : input.product
    }

    private func name(_ port: Port) -> String? {
        guard let kept = keptByPort[port] else { return stored[port]?.path }
        return kept.product.isEmpty ? kept.path : kept.product
    }

    /// The input ports that an output port of a payload is made from.
    private func lineagePorts(_ port: Port) -> [String] {
        let executable = facts.life.node(port.payload).executable
        return executable?.outputs.first { $0.name == port.port }?.lineage ?? []
    }

    /// The outputs that a payload's port was made from, and the inputs of the run.
    private func sources(
        _ port: Port, _ known: inout [Port: Set<String>]
    ) -> Set<String> {
        if let sources = known[port] { return sources }
        // A graph has no cycle; the entry is a guard against a damaged store.
        known[port] = []
        var found: Set<String> = []
        for name in lineagePorts(port) {
            found.formUnion(sources(facts.life.files(of: port.payload, port: name), &known))
        }
        known[port] = found
        return found
    }

    private func sources(_ files: PortFiles, _ known: inout [Port: Set<String>]) -> Set<String> {
        switch files {
        case .input: return Set(names(files))
        case .element(let container, _):
            return facts.life.list(of: container).map { sources($0, &known) } ?? []
        case .output(let payload, let port):
            return sources(Port(payload: payload, port: port), &known)
        case .list(let all), .tuples(let all):
            return all.reduce(into: []) { $0.formUnion(sources($1, &known)) }
        case .absent: return []
        }
    }

    /// A row for each file that a payload left.
    var lineage: [LineageRow] { lineageByPayload.map(\.row) }

    /// Where a file that a payload left lies now.
    func location(_ output: StoredOutput) -> String {
        keptByPort[Port(payload: output.payload, port: output.port)]?.path ?? output.path
    }

    var lineageByPayload: [(payload: Int, row: LineageRow, output: StoredOutput)] {
        var known: [Port: Set<String>] = [:]
        return facts.outputs.map { output in
            let port = Port(payload: output.payload, port: output.port)
            let used = lineagePorts(port).map { name in
                LineageRow.Input(
                    port: name, files: names(facts.life.files(of: output.payload, port: name)))
            }
            let row = LineageRow(
                task: facts.life.path(output.payload), port: output.port,
                file: name(port) ?? output.path, sha256: output.digest.sha256, used: used,
                sources: sources(port, &known).sorted())
            return (output.payload, row, output)
        }
    }

    /// The files that a payload read, by its ports.
    func used(by payload: Int) -> [(file: String, port: String)] {
        let ports = facts.life.node(payload).executable?.inputs.map(\.name) ?? []
        return ports.flatMap { port in
            names(facts.life.files(of: payload, port: port)).map { ($0, port) }
        }
    }

    /// The elements of lists among the files that a payload read, each with the files of its list.
    func elements(of payload: Int) -> [(element: String, lists: [String])] {
        let ports = facts.life.node(payload).executable?.inputs.map(\.name) ?? []
        return ports.compactMap { port in
            guard case .element(let container, _) = facts.life.files(of: payload, port: port),
                let element = names(facts.life.files(of: payload, port: port)).first,
                let list = facts.life.list(of: container)
            else { return nil }
            // A list of inputs is these themselves.
            guard case .output = list else { return nil }
            return (element, names(list))
        }
    }

    /// The row of a file by its product's name, its path or its SHA-256.
    func row(of name: String) -> LineageRow? {
        let kept = kept.first { [$0.product, $0.path, $0.stored.path].contains(name) }
        return lineageByPayload.first { payload, row, output in
            if let kept { return kept.stored == output }
            return [row.file, row.sha256, output.path].contains(name)
        }?.row
    }

    /// The run's input of this name.
    func input(_ name: String) -> StagedInput? {
        facts.run.inputs.first { Self.name($0) == name }
    }
}

/// What a file of a run was made from.
public struct LineageRow: Hashable, Sendable, Encodable {
    /// The files behind an input port.
    public struct Input: Hashable, Sendable, Encodable {
        public let port: String
        public let files: [String]
    }

    /// The payload and its output port.
    public let task: String
    public let port: String
    /// The product that it is, else its path.
    public let file: String
    public let sha256: String
    /// What the payload read for it.
    public let used: [Input]
    /// The run's inputs that it comes from in the end.
    public let sources: [String]

    public static func table(_ rows: [LineageRow]) -> TextTable {
        var table = TextTable("OUTPUT PORT", "OUTPUT PRODUCT", "USED INPUTS")
        for row in rows {
            let used = row.used.flatMap { input in input.files.map { "\(input.port)=\($0)" } }
            table.add("\(row.task).\(row.port)", row.file, used.first ?? "")
            for other in used.dropFirst() { table.add("", "", other) }
        }
        return table
    }
}
