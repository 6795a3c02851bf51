import Documents

/// The batch system of a site, with the settings by which it is used.
public struct BatchSite: Sendable {
    public let settings: SiteBatch
    public let system: any BatchSystem

    public init(_ settings: SiteBatch, _ system: any BatchSystem) {
        self.settings = settings
        self.system = system
    }

    /// Reads the description of an SDC (YAML): the system that its key `batch` names, with the
    /// settings of its mapping `site: batch:`.
    ///
    /// - Returns: `nil` where there is no such mapping: the site's payloads do not use the system.
    /// - Throws: `BatchSystemError` of code `configuration` with all faults.
    public static func read(_ text: String, file: String) throws(BatchSystemError) -> BatchSite? {
        let faults = FaultLog(file: file)
        let root = DocumentObject(text, faults: faults)
        guard root?.object("site", required: false)?.has("batch") ?? false else {
            guard faults.isEmpty else {
                throw BatchSystemError(
                    .configuration, "\(file): the site's batch system",
                    diagnostics: faults.diagnostics)
            }
            return nil
        }
        let settings = try SiteBatch.read(text, file: file)
        guard let name = root?.text("batch", expected: "the name of a batch system") else {
            throw BatchSystemError(
                .configuration, "\(file): the site's batch system", diagnostics: faults.diagnostics)
        }
        return BatchSite(settings, try settings.system(named: name))
    }
}
