/// Keeps documents that take long to make, and makes one at a time, so that no number of clients
/// takes the processors from the others.
actor DocumentShelf<Document: Sendable> {
    private var version = ""
    private var documents: [String: Document] = [:]
    private let limit: Int

    /// - Parameter limit: how many are kept.
    init(limit: Int) {
        self.limit = limit
    }

    /// The document of a name, made where it is not there.
    ///
    /// - Parameter version: of the state that it is made from; another one empties the shelf.
    func document(
        _ name: String, version: String, make: @Sendable () -> Document
    ) -> Document {
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
