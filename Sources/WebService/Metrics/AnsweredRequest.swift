import HTTPTypes
import Hummingbird

/// A request and how it was answered, for a log.
public struct AnsweredRequest: Sendable {
    /// The address of the client, or of its proxy; `nil` where it is not known.
    public let client: String?
    public let method: String
    /// The path and query as they came.
    public let target: String
    public let status: Int
    /// Bytes of the body; `nil` where it is sent without its length being known.
    public let bytes: Int?
    public let referrer: String?
    public let userAgent: String?
    /// From the request's head to the beginning of its answer.
    public let duration: Duration

    init(_ request: Request, _ response: Response, client: String?, _ duration: Duration) {
        self.client = client
        method = request.method.rawValue
        target = request.head.path ?? "/"
        status = response.status.code
        bytes = request.method == .head ? 0 : response.body.contentLength
        referrer = request.headers[HTTPField.Name(checked: "Referer")]
        userAgent = request.headers[.userAgent]
        self.duration = duration
    }
}
