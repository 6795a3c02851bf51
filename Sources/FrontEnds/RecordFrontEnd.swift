import Documents
import Files
import Foundation
public import Workflows

/// Recorded workflows of WfFormat 1.5 (WfCommons), which are replayed.
public struct RecordFrontEnd: FrontEnd {
    public static let kind = "recorded workflow"

    public static func reads(_ file: String) -> Bool { file.hasSuffix(".json") }

    /// Whether a document is such a record, and not a graph: by what it has at its top.
    static func isOne(_ data: Data) -> Bool {
        guard let top = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            return false
        }
        return top["format"] == nil && top["workflow"] is [String: Any]
            && (top["schemaVersion"] != nil || top["name"] != nil)
    }

    private let terms: ReplayTerms

    public init(_ terms: ReplayTerms = ReplayTerms()) {
        self.terms = terms
    }

    public func graph(of file: String) throws(WorkflowError) -> Graph {
        let data = try AuthorsFile.bytes(of: file, most: WfFormatReader.mostBytes)
        return try WfFormatReader.read(data, file: file).replay(terms)
    }
}
