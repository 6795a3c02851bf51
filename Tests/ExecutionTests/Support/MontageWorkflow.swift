import Foundation
import Workflows

/// The recorded Montage workflow of 58 tasks as a pipeline of small programs of the shell.
///
/// Each writes a checksum of its name and of what its parents wrote, so that the files are the
/// same however often anything was begun.
enum MontageWorkflow {
    static let name = "montage"

    /// The pipeline's document.
    ///
    /// - Parameter secondsScale: by what the recorded seconds are multiplied.
    static func document(secondsScale: Double) throws -> String {
        let record = try WfFormatReader.read(
            try Data(contentsOf: URL(fileURLWithPath: file)), file: "montage")
        let places = Dictionary(record.tasks.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let nodes = record.tasks.enumerated().map { place, task in
            let parents = task.parents.compactMap { places[$0] }
            return node(place, parents, seconds: task.runtime * secondsScale)
        }
        return """
            {"format": "sgs-graph/2", "name": "\(name)",
             "policy": {"attempts": 1000, "losses": 100000},
             "nodes": [\(nodes.joined(separator: ",\n"))],
             "outputs": [{"name": "mosaic", "node": "t\(nodes.count - 1)", "port": "out"}]}
            """
    }

    private static func node(_ place: Int, _ parents: [Int], seconds: Double) -> String {
        let ports = parents.map { #"{"name": "in\#($0)"}"# }.joined(separator: ", ")
        let sources = parents.map { #""in\#($0)": {"node": "t\#($0)", "port": "out"}"# }
            .joined(separator: ", ")
        let script =
            "set -e; files=; "
            + "for a do case $a in --out=*) out=${a#--out=};; --in*) files=\\\"$files ${a#*=}\\\";; esac; done; "
            + "sleep \(seconds); { echo $0; cat $files /dev/null; } > $out.part; "
            + "cksum < $out.part > $out; rm $out.part"
        return """
            {"id": "t\(place)", "kind": "exec", "in": {\(sources)}, "executable": {
             "name": "t\(place)", "command": "/bin/sh", "arguments": ["-c", "\(script)", "t\(place)"],
             "inputs": [\(ports)], "outputs": [{"name": "out", "mime_type": "txt"}],
             "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 600}}}
            """
    }

    private static var file: String { record("montage-chameleon-2mass-005d-001.json") }

    /// The path of a recorded workflow.
    static func record(_ name: String) -> String {
        var folder = #filePath as NSString
        for _ in 0..<3 { folder = folder.deletingLastPathComponent as NSString }
        return "\(folder)/WorkflowsTests/Samples/wfinstances/\(name)"
    }
}
