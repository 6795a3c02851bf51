public import Foundation
import GroundSegment

extension PipelineGraph {
    /// Reads a pipeline from a document of the format `sgs-graph/1`.
    ///
    /// - Parameter file: the document's name, for diagnostics.
    /// - Throws: `ExecutionError` with all faults of the document.
    public init(json: Data, file: String) throws {
        var reader = DocumentReader(file: file)
        let document: JSONValue
        do {
            document = try JSONDecoder().decode(JSONValue.self, from: json)
        } catch {
            reader.fault("", nil, found: Self.syntaxFault(error), expected: "JSON")
            throw Self.failure(reader)
        }
        let draft = GraphDraft(document, &reader)
        let graph = GraphCheck(draft).graph(&reader)
        guard reader.faults.isEmpty else { throw Self.failure(reader) }
        self = graph
    }

    private static func failure(_ reader: DocumentReader) -> ExecutionError {
        let count = reader.faults.count
        return ExecutionError(
            .badPipeline, "\(reader.file): \(count == 1 ? "1 fault" : "\(count) faults")",
            diagnostics: reader.faults)
    }

    private static func syntaxFault(_ error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context) = error else { return "\(error)" }
        let underlying =
            (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
        return underlying ?? context.debugDescription
    }
}
