public import Foundation
import Documents
import GroundSegment

/// Reads graphs from documents of the formats `sgs-graph/2` and `sgs-graph/1`, as JSON or YAML.
public enum GraphReader {
    /// Bytes of a document that is read at all.
    static let mostBytes = 10_000_000

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
        try read(data, file: file, library: library, mostBytes: mostBytes)
    }

    static func read(_ data: Data, file: String, library: [String: Graph], mostBytes: Int)
        throws(WorkflowError) -> Graph
    {
        let faults = FaultLog(file: file)
        guard let root = DocumentObject(data, mostBytes: mostBytes, faults: faults) else {
            throw WorkflowError(.badGraph, file: file, faults.diagnostics)
        }
        var assembly = GraphAssembly(
            GraphDraft(root), library: PipelineShelf(library), faults)
        guard let graph = assembly.graph() else {
            throw WorkflowError(.badGraph, file: file, faults.diagnostics)
        }
        return graph
    }

    /// Reads graphs that may name one another as pipelines.
    ///
    /// - Returns: the graphs, in the documents' order.
    /// - Throws: `WorkflowError` with all faults of all documents.
    public static func read(_ documents: [Document]) throws(WorkflowError) -> [Graph] {
        var drafts: [(draft: GraphDraft, faults: FaultLog)] = []
        var places: [String: Int] = [:]
        var shelf = PipelineShelf([:])
        for (place, document) in documents.enumerated() {
            let faults = FaultLog(file: document.file)
            let draft =
                DocumentObject(document.data, mostBytes: mostBytes, faults: faults)
                .map { GraphDraft($0) } ?? GraphDraft()
            if let name = draft.name {
                if let first = places[name.value] {
                    faults.add(
                        at: name.mark, field: name.path,
                        found: "\"\(name.value)\", the name of the pipeline in "
                            + documents[first].file,
                        expected: "a name of its own")
                } else {
                    places[name.value] = place
                }
                if !faults.isEmpty { shelf.faulty.insert(name.value) }
            }
            drafts.append((draft, faults))
        }
        let parents = drafts.map { $0.draft.body.pipelines.compactMap { places[$0.value] } }
        let order = NodeOrder(parents: parents)
        for cycle in order.cycles {
            let names = cycle.compactMap { drafts[$0].draft.name }
            guard let first = names.first else { continue }
            drafts[cycle[0]].faults.add(
                at: first.mark, field: first.path,
                found: "pipelines within one another: "
                    + (names + [first]).map(\.value).joined(separator: " -> "),
                expected: "no cycle")
            shelf.faulty.formUnion(names.map(\.value))
        }
        return try graphs(drafts, order.nodes, &shelf)
    }

    private static func graphs(
        _ drafts: [(draft: GraphDraft, faults: FaultLog)], _ order: [Int],
        _ shelf: inout PipelineShelf
    ) throws(WorkflowError) -> [Graph] {
        var graphs = drafts.map { _ in Graph?.none }
        for place in order {
            let (draft, faults) = drafts[place]
            // A document that is none has told its fault.
            if draft.name == nil, draft.body.nodes.isEmpty { continue }
            var assembly = GraphAssembly(draft, library: shelf, faults)
            graphs[place] = assembly.graph()
            guard let name = draft.name?.value else { continue }
            if let graph = graphs[place] {
                shelf.add(graph, name)
            } else {
                shelf.faulty.insert(name)
            }
        }
        let whole = graphs.compactMap { $0 }
        let logs = drafts.map(\.faults).filter { !$0.isEmpty }
        guard logs.isEmpty, whole.count == drafts.count else {
            throw WorkflowError(
                .badGraph, file: logs.map(\.file).joined(separator: ", "),
                logs.flatMap(\.diagnostics))
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
