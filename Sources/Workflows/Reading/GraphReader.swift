public import Foundation
import Documents
import GroundSegment

/// Reads graphs from documents of the formats `sgs-graph/2` and `sgs-graph/1`, as JSON or YAML.
public enum GraphReader {
    /// A document with its name, for diagnostics.
    public struct Document: Sendable {
        public let file: String
        public let data: Data

        public init(file: String, data: Data) {
            self.file = file
            self.data = data
        }
    }

    /// Reads one graph.
    ///
    /// - Parameters:
    ///   - file: the document's name, for diagnostics.
    ///   - library: the pipelines that it may name, by their names.
    /// - Throws: `WorkflowError` with all faults of the document.
    public static func read(_ data: Data, file: String, library: [String: Graph] = [:])
        throws(WorkflowError) -> Graph
    {
        try read(data, file: file, library: library, mostBytes: DocumentReader.mostBytes)
    }

    static func read(_ data: Data, file: String, library: [String: Graph], mostBytes: Int)
        throws(WorkflowError) -> Graph
    {
        var reader = DocumentReader(file: file)
        guard let document = reader.document(data, mostBytes: mostBytes) else {
            throw WorkflowError(.badGraph, file: file, reader.faults)
        }
        let draft = GraphDraft(document, &reader)
        var assembly = GraphAssembly(draft, library: PipelineShelf(library), reader)
        guard let graph = assembly.graph() else {
            throw WorkflowError(.badGraph, file: file, assembly.reader.faults)
        }
        return graph
    }

    /// Reads graphs that may name one another as pipelines.
    ///
    /// - Returns: the graphs, in the documents' order.
    /// - Throws: `WorkflowError` with all faults of all documents.
    public static func read(_ documents: [Document]) throws(WorkflowError) -> [Graph] {
        var drafts: [(draft: GraphDraft, reader: DocumentReader)] = []
        var places: [String: Int] = [:]
        var shelf = PipelineShelf([:])
        for (place, document) in documents.enumerated() {
            var reader = DocumentReader(file: document.file)
            let draft =
                reader.document(document.data).map { GraphDraft($0, &reader) } ?? GraphDraft()
            if let name = draft.name {
                if let first = places[name.value] {
                    reader.fault(
                        name.mark, name.path,
                        found: "\"\(name.value)\", the name of the pipeline in "
                            + documents[first].file,
                        expected: "a name of its own")
                } else {
                    places[name.value] = place
                }
                if reader.count > 0 { shelf.faulty.insert(name.value) }
            }
            drafts.append((draft, reader))
        }
        let parents = drafts.map { $0.draft.body.pipelines.compactMap { places[$0.value] } }
        let order = NodeOrder(parents: parents)
        for cycle in order.cycles {
            let names = cycle.compactMap { drafts[$0].draft.name }
            guard let first = names.first else { continue }
            drafts[cycle[0]].reader.fault(
                first.mark, first.path,
                found: "pipelines within one another: "
                    + (names + [first]).map(\.value).joined(separator: " -> "),
                expected: "no cycle")
            shelf.faulty.formUnion(names.map(\.value))
        }
        return try graphs(drafts, order.nodes, &shelf)
    }

    private static func graphs(
        _ drafts: [(draft: GraphDraft, reader: DocumentReader)], _ order: [Int],
        _ shelf: inout PipelineShelf
    ) throws(WorkflowError) -> [Graph] {
        var graphs = drafts.map { _ in Graph?.none }
        var faults = drafts.map { _ in [Diagnostic]() }
        for place in order {
            let (draft, reader) = drafts[place]
            // A document that is none has told its fault.
            if draft.name == nil, draft.body.nodes.isEmpty {
                faults[place] = reader.faults
                continue
            }
            var assembly = GraphAssembly(draft, library: shelf, reader)
            graphs[place] = assembly.graph()
            faults[place] = assembly.reader.faults
            guard let name = draft.name?.value else { continue }
            if let graph = graphs[place] {
                shelf.add(graph, name)
            } else {
                shelf.faulty.insert(name)
            }
        }
        let whole = graphs.compactMap { $0 }
        guard faults.allSatisfy(\.isEmpty), whole.count == drafts.count else {
            let files = drafts.enumerated().filter { !faults[$0.offset].isEmpty }
                .map(\.element.reader.file)
            throw WorkflowError(
                .badGraph, file: files.joined(separator: ", "), faults.flatMap { $0 })
        }
        return whole
    }
}

extension GraphDraft.Body {
    /// The pipelines that its nodes name, however deep.
    fileprivate var pipelines: [Marked<String>] {
        var named: [Marked<String>] = []
        for node in nodes {
            switch node.kind {
            case .nested(.body(let body)), .parallel(.body(let body), _): named += body.pipelines
            case .nested(.pipeline(let name)), .parallel(.pipeline(let name), _):
                named.append(name)
            case .macro(let stages): named += stages
            case .exec, .group, .final, .faulty: break
            }
        }
        return named
    }
}
