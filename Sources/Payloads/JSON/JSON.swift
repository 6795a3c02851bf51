/// A value of a JSON text (RFC 8259).
enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// With the digits as they are written, so that none is lost.
    case number(String)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}
