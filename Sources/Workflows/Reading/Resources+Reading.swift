public import Foundation

extension Resources {
    /// These resources, with what a JSON or YAML file names in place of what was declared: the
    /// fields are those of `resources` in a graph's document.
    ///
    /// - Parameter file: the file's name, for diagnostics.
    /// - Throws: `WorkflowError` with all faults of the file.
    public func overridden(by data: Data, file: String) throws(WorkflowError) -> Resources {
        var reader = DocumentReader(file: file)
        let named = reader.document(data).map { reader.resources($0, "") }
        guard reader.count == 0, let named else {
            throw WorkflowError(.badResources, file: file, reader.faults)
        }
        return named.over(self)
    }
}
