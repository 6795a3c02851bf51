import Documents
import Foundation
public import Workflows

/// DAGMan input files with their submit descriptions, run on this runner as they are.
///
/// Read are JOB, FINAL, SUBDAG EXTERNAL, SPLICE, PARENT, VARS, RETRY with UNLESS-EXIT, SCRIPT PRE
/// and POST, CATEGORY, MAXJOBS, PRIORITY, ABORT-DAG-ON, DONE and INCLUDE.  What only says what is
/// to be written about a run (DOT, NODE_STATUS_FILE, JOBSTATE_LOG, SET_JOB_ATTR) changes nothing
/// here; any other command is refused by its name and line.
///
/// Source: HTCondor manual, "DAGMan Input File Syntax" and condor_submit(1).
public struct DAGManFrontEnd: FrontEnd {
    public static let kind = "DAGMan input file"

    public static func reads(_ file: String) -> Bool { file.hasSuffix(".dag") }

    public init() {}

    public func graph(of file: String) throws(WorkflowError) -> Graph {
        let reader = DAGReader()
        let dag = reader.read(file)
        var writer = DAGDocument(faults: reader.faults)
        let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
        let document = writer.document(dag, name: name)
        guard writer.faults.isEmpty else {
            throw WorkflowError(.badGraph, file: file, writer.faults)
        }
        return try GraphReader.read(Data(document.canonical.utf8), file: file)
    }
}
