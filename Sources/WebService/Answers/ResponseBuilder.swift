import HTTPTypes
import Hummingbird
import NIOCore
import Tables

/// Turns answers and problems into HTTP responses.
struct ResponseBuilder {
    let request: Request
    let values: [String: ParameterValue]
    /// What large answers take while they are sent.
    let budget: ByteBudget

    /// - Throws: `Problem` of status 406 where the client accepts no format that is offered, and
    ///   `Problem.busy` where there is no room for the answer.
    func response(_ answer: Answer) throws(Problem) -> Response {
        let format = answer.isTable ? try self.format() : nil
        var headers = Self.headers
        headers[.cacheControl] = answer.caching.rawValue
        if answer.isTable { headers[.vary] = "Accept" }
        if let next = answer.next { headers[Self.link] = "<\(next)>; rel=\"next\"" }
        if let tag = answer.tag {
            let tag = "\"\(tag)\(format.map { "-\($0.rawValue)" } ?? "")\""
            headers[.eTag] = tag
            if isKept(tag) { return Response(status: .notModified, headers: headers) }
        }
        headers[.contentType] = answer.mediaType(format)
        let body = try answer.body(format, budget)
        guard request.method == .head else {
            return Response(status: .ok, headers: headers, body: body)
        }
        headers[.contentLength] = body.contentLength.map(String.init)
        return Response(status: .ok, headers: headers)
    }

    /// - Parameter document: how it is told; `nil` as RFC 9457 has it.
    static func response(_ problem: Problem, as document: FailureDocument? = nil) -> Response {
        let document = document ?? problem.document
        var headers = headers
        for field in problem.headers { headers[field.name] = field.value }
        headers[.contentType] = document.mediaType
        headers[.cacheControl] = Answer.Caching.never.rawValue
        return Response(
            status: document.status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: document.text)))
    }

    /// What every response has: nothing may be guessed, framed or run.
    private static let headers: HTTPFields = {
        var fields = HTTPFields()
        fields[.xContentTypeOptions] = "nosniff"
        fields[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'"
        fields[HTTPField.Name(checked: "Referrer-Policy")] = "no-referrer"
        return fields
    }()

    private static let link = HTTPField.Name(checked: "Link")

    private func format() throws(Problem) -> TableFormat {
        if case .text(let name) = values["format"], let format = TableFormat(rawValue: name) {
            return format
        }
        guard let format = Negotiation.format(accept: request.headers[.accept]) else {
            throw Problem(
                status: .notAcceptable,
                detail: "the Accept header names no format that is offered, which are "
                    + TableFormat.allCases.map(Negotiation.mediaType).joined(separator: ", "))
        }
        return format
    }

    /// Whether the client says that it has the tagged answer (RFC 9110 section 13.1.2).
    private func isKept(_ tag: String) -> Bool {
        request.headers[.ifNoneMatch].map { EntityTags($0).holds(tag) } ?? false
    }
}

extension HTTPField.Name {
    /// A field's name that is written in this program.
    init(checked name: String) {
        guard let field = HTTPField.Name(name) else {
            preconditionFailure("\(name) is no field name")
        }
        self = field
    }
}

extension Answer {
    fileprivate func mediaType(_ format: TableFormat?) -> String {
        switch content {
        case .record, .table, .rows: Negotiation.mediaType(format ?? .json)
        case .document(_, let mediaType), .bytes(_, let mediaType), .stream(_, let mediaType):
            mediaType
        }
    }

    fileprivate func body(
        _ format: TableFormat?, _ budget: ByteBudget
    ) throws(Problem) -> ResponseBody {
        let buffer: ByteBuffer
        switch content {
        case .record(let table) where format == .json:
            buffer = ByteBuffer(string: table.objects.map { $0.encoded + "\n" }.joined())
        case .record(let table), .table(let table):
            buffer = ByteBuffer(bytes: table.bytes(format ?? .json))
        case .rows(let rows): return rows.body(format ?? .json)
        case .document(let text, _): buffer = ByteBuffer(string: text)
        case .bytes(let bytes, _): buffer = ByteBuffer(bytes: bytes)
        case .stream(let body, _): return body
        }
        guard buffer.readableBytes > PacedBody.partBytes else {
            return ResponseBody(byteBuffer: buffer)
        }
        return PacedBody.of(buffer, try budget.takeNow(buffer.readableBytes))
    }
}
