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
        for field in answer.headers { headers.append(field) }
        headers[.cacheControl] = answer.caching.rawValue
        let mediaType = answer.mediaType(format)
        let coding = ContentCoding(
            accept: request.headers[.acceptEncoding], mediaType: mediaType)
        headers[.vary] = answer.isTable ? "Accept, Accept-Encoding" : "Accept-Encoding"
        if let total = answer.total { headers[Self.totalCount] = "\(total)" }
        if let next = answer.next { headers[Self.link] = "<\(next)>; rel=\"next\"" }
        if let tag = answer.tag {
            // Each coding is a representation of its own (RFC 9110 section 8.8.3.3).
            let form = (format.map { "-\($0.rawValue)" } ?? "") + (coding == .gzip ? "-gzip" : "")
            let tag = "\"\(tag)\(form)\""
            headers[.eTag] = tag
            if isKept(tag) { return Response(status: .notModified, headers: headers) }
        }
        headers[.contentType] = mediaType
        let (body, isCoded) = try answer.body(format, coding, budget)
        if isCoded { headers[.contentEncoding] = "gzip" }
        guard request.method == .head else {
            return Response(status: answer.status, headers: headers, body: body)
        }
        headers[.contentLength] = body.contentLength.map(String.init)
        return Response(status: answer.status, headers: headers)
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

    /// What every response has: nothing may be guessed or framed, and no script but ours runs.
    private static let headers: HTTPFields = {
        var fields = HTTPFields()
        fields[.xContentTypeOptions] = "nosniff"
        fields[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; "
            + "script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'"
        fields[HTTPField.Name(checked: "Referrer-Policy")] = "no-referrer"
        // What is read here is for everybody, pages of other sites included.
        fields[.accessControlAllowOrigin] = "*"
        fields[.accessControlExposeHeaders] = "ETag, Link, Retry-After, X-Total-Count"
        return fields
    }()

    private static let totalCount = HTTPField.Name(checked: "X-Total-Count")
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
        _ format: TableFormat?, _ coding: ContentCoding, _ budget: ByteBudget
    ) throws(Problem) -> (body: ResponseBody, isCoded: Bool) {
        let bytes: [UInt8]
        switch content {
        case .record(let table) where format == .json:
            bytes = Array(table.objects.map { $0.encoded + "\n" }.joined().utf8)
        case .record(let table): bytes = table.bytes(format ?? .json)
        case .table(let table): bytes = table.bytes(format ?? .json, extent)
        case .rows(let rows) where rows.isShort: bytes = rows.bytes(format ?? .json, extent)
        case .rows(let rows): return (rows.body(format ?? .json, extent, coding), coding == .gzip)
        case .document(let text, _): bytes = Array(text.utf8)
        case .bytes(let content, _): bytes = content
        case .stream(let body, _): return (body, false)
        }
        let coded = coding.coded(bytes)
        let buffer = ByteBuffer(bytes: coded.bytes)
        guard buffer.readableBytes > PacedBody.partBytes else {
            return (ResponseBody(byteBuffer: buffer), coded.isCoded)
        }
        return (
            PacedBody.of(buffer, try budget.takeNow(buffer.readableBytes)), coded.isCoded
        )
    }
}
