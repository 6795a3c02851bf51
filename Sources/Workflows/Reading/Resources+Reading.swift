import Documents
public import Foundation

extension Resources {
    /// These resources, with what a JSON or YAML file names in place of what was declared: the
    /// fields are those of `resources` in a graph's document.
    ///
    /// - Parameter file: the file's name, for diagnostics.
    /// - Throws: `WorkflowError` with all faults of the file.
    public func overridden(by data: Data, file: String) throws(WorkflowError) -> Resources {
        let faults = FaultLog(file: file)
        let root = DocumentObject(data, mostBytes: GraphReader.mostBytes, faults: faults)
        guard let named = root?.resources(), faults.isEmpty else {
            throw WorkflowError(.badResources, file: file, faults.diagnostics)
        }
        return named.over(self)
    }
}
