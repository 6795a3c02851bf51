public import HTTPTypes

/// Of which media type a body is (RFC 9110 sections 8.3 and 8.4).
public enum BodyType {
    /// The one of the types that are taken that a request's headers name.
    ///
    /// - `taken`: in lower case, without parameters.
    /// - Throws: `Problem` of status 415 that says what was found and what is taken.
    public static func read(_ headers: HTTPFields, taken: [String]) throws(Problem) -> String {
        let codings = HeaderList.elements(headers[.contentEncoding] ?? "").map { $0.lowercased() }
        guard codings.allSatisfy({ $0 == "identity" }) else {
            throw Problem(
                status: .unsupportedMediaType,
                detail: "found a body of Content-Encoding \(codings.joined(separator: ", ")), "
                    + "expected none", headers: [.acceptEncoding: "identity"])
        }
        guard let type = MediaType(headers[.contentType] ?? ""), taken.contains(type.essence)
        else {
            throw Problem(
                status: .unsupportedMediaType,
                detail: "expected a body of " + taken.joined(separator: " or "))
        }
        let charset = (type.parameters["charset"] ?? "utf-8").lowercased()
        // ASCII is UTF-8 too.
        guard ["utf-8", "utf8", "us-ascii"].contains(charset) else {
            throw Problem(
                status: .unsupportedMediaType,
                detail: "found a body of charset \(charset), expected utf-8")
        }
        guard type.parameters["header"]?.lowercased() != "absent" else {
            throw Problem(
                status: .unsupportedMediaType,
                detail: "found a body with header=absent, expected a line of names")
        }
        return type.essence
    }
}
