import PostgreSQL

/// The channel on which readers hear that a survey's published ownership has changed.
public enum PublicationChannel {
    /// The name to listen on; the payload is the survey's identifier.
    public static let name = "sgs_publications"

    /// Tells the readers, when the transaction commits.
    static func notify(_ survey: String, on connection: isolated Connection) throws {
        try connection.query("SELECT pg_notify($1, $2)", name, survey)
    }
}
