import Documents
import Files
import GroundSegment

/// Campaigns as GraphML: nodes are tasks, edges are data sets, with the pseudo-tasks `entry` and
/// `exit`.
///
/// What networkx, Gephi and yEd write is read: a task is called by a node's attribute `name`, else
/// `label`, else what yEd draws in it, else its id; a data set by an edge's `data`, `name` or label,
/// else by its ends.  Nodes within nodes are tasks like others, those around them are none.  What
/// is drawn is not kept.
public enum GraphMLFile {
    /// Reads a campaign from a file, however large, in the memory that the graph needs.
    ///
    /// - Parameter name: of the campaign; `nil` for the graph's own.
    /// - Throws: `FileError` where there is no such file, `CampaignError` with all faults of the
    ///   document.
    public static func read(
        _ path: String, name: String? = nil, limits: GraphMLLimits = GraphMLLimits()
    ) throws -> Campaign {
        let file = try RegularFile(path, limit: limits.bytes)
        let descriptor = OpenFile(file)
        return try read(
            XMLStream { try descriptor.file.read(into: $0) }, file: path, name: name,
            limits: limits)
    }

    /// Reads a campaign from a document in memory.
    ///
    /// - Throws: `CampaignError` with all faults of the document.
    public static func read(
        bytes: some Collection<UInt8>, file: String, name: String? = nil,
        limits: GraphMLLimits = GraphMLLimits()
    ) throws(CampaignError) -> Campaign {
        do {
            return try read(XMLStream(bytes: bytes), file: file, name: name, limits: limits)
        } catch let error as CampaignError {
            throw error
        } catch {
            throw CampaignError(.badGraphML, message: "\(file): \(error)")
        }
    }

    /// A file that closures can read.
    private final class OpenFile {
        let file: RegularFile

        init(_ file: consuming RegularFile) {
            self.file = file
        }
    }

    private static func read(
        _ stream: XMLStream, file: String, name: String?, limits: GraphMLLimits
    ) throws -> Campaign {
        let faults = FaultLog(file: file)
        var parser = GraphMLParser(limits: limits, faults: faults)
        do {
            try parser.read(stream)
        } catch let error as XMLError {
            faults.add(
                line: error.line, column: error.column, found: error.found,
                expected: error.expected)
        }
        guard faults.isEmpty else {
            throw CampaignError(.badGraphML, file: file, faults.diagnostics)
        }
        let graph = parser.graph
        let draft = CampaignDraft(graph, faults: faults)
        let own = name ?? graph.values[.name] ?? graph.id ?? ""
        let spot = Spot(mark: graph.mark, path: "graph", log: faults)
        let campaign =
            faults.isEmpty
            ? draft.campaign(CampaignName.plain(own) ?? "campaign", spot: spot) : nil
        guard let campaign, faults.isEmpty else {
            throw CampaignError(.badGraphML, file: file, faults.diagnostics)
        }
        return campaign
    }
}
