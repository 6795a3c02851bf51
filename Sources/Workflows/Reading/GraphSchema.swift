/// The published schema of documents of the format `sgs-graph/2` (JSON Schema, draft 2020-12).
///
/// It says what a document may look like; that names are known, contents fit and nothing goes
/// round is for `GraphReader` to say.
public enum GraphSchema {
    /// The schema as a JSON text.
    public static var text: String {
        String(decoding: PackageResources.sgs_graph_2_schema_json, as: UTF8.self)
    }
}
