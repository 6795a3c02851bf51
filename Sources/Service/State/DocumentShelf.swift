/// Keeps documents that take long to make, and makes one at a time, so that no number of clients
/// takes the processors from the others.
actor DocumentShelf {
    private var version = ""
    private var documents: [String: [UInt8]] = [:]
    /// How many are kept; the service's few dozen coverage maps fit.
    private let limit = 64

    /// The document of a name, made where it is not there.
    ///
    /// - Parameter version: of the state that it is made from; another one empties the shelf.
    func document(
        _ name: String, version: String, make: @Sendable () -> [UInt8]
    ) -> [UInt8] {
        if version != self.version || documents.count >= limit {
            self.version = version
            documents = [:]
        }
        if let document = documents[name] { return document }
        let document = make()
        documents[name] = document
        return document
    }
}
