import Hummingbird

/// A body that is not wanted: a little more of it is read, so that its sender sees the answer, and
/// the connection ends.
struct RefusedBody {
    private struct Ended: Error {}

    private let body: RequestBody?
    /// In bytes; a sender that looks for an answer now and then has looked by then.
    private static let patience = 4 << 20

    /// - Parameter body: `nil` where a part of it has been read already.
    init(_ body: RequestBody?) {
        self.body = body
    }

    /// The response, after which the connection ends.
    func ending(_ response: Response) -> Response {
        var response = response
        let answer = response.body
        response.headers[.connection] = "close"
        response.body = ResponseBody(contentLength: answer.contentLength) { writer in
            try await answer.write(writer)
            if let body {
                var left = Self.patience
                for try await part in body {
                    left -= part.readableBytes
                    if left < 0 { break }
                }
            }
            throw Ended()
        }
        return response
    }
}
