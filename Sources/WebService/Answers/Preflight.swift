import HTTPTypes
import Hummingbird

/// The question that a browser asks before it lets a page of another site send more than a simple
/// request (WHATWG Fetch, "CORS-preflight fetch").
enum Preflight {
    /// The answer; `nil` where the request is no such question.
    ///
    /// - Parameter methods: what the address takes.
    static func answer(_ request: Request, methods: String) -> Response? {
        guard request.method == .options, request.headers[.origin] != nil,
            request.headers[.accessControlRequestMethod] != nil
        else { return nil }
        var headers = HTTPFields()
        headers[.accessControlAllowOrigin] = "*"
        headers[.accessControlAllowMethods] = methods
        headers[.accessControlAllowHeaders] =
            "Accept, Content-Type, If-None-Match, Last-Event-ID"
        headers[.accessControlMaxAge] = "86400"
        return Response(status: .noContent, headers: headers)
    }
}
