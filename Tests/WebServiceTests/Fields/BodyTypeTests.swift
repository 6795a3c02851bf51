import HTTPTypes
import Testing

@testable import WebService

@Suite struct BodyTypeTests {
    private static func read(_ fields: HTTPFields) throws(Problem) -> String {
        try BodyType.read(fields, taken: ["text/csv", "application/json"])
    }

    @Test(
        "a body's media type counts in any case, with the charsets that are UTF-8 (fault 13)",
        arguments: [
            ("text/csv", "text/csv"), ("Text/CSV", "text/csv"), ("TEXT/csv;", "text/csv"),
            ("Application/Json", "application/json"), ("text/csv; charset=utf-8", "text/csv"),
            ("text/csv;CHARSET=\"UTF-8\"", "text/csv"), ("text/csv ; charset=us-ascii", "text/csv"),
            ("text/csv; header=present; charset=utf8", "text/csv"),
            ("application/json;charset=UTF-8", "application/json"),
            ("text/csv; x=\"a;b,c=\\\"d\"", "text/csv"),
        ])
    func taken(_ field: String, _ type: String) throws {
        #expect(try Self.read([.contentType: field]) == type)
    }

    @Test(
        "another type, charset or coding is refused by name",
        arguments: [
            ("text/plain", "", "expected a body of text/csv or application/json"),
            ("", "", "expected a body of"), ("text/csvx", "", "expected a body of"),
            ("text/csv, application/json", "", "expected a body of"),
            ("text/csv; charset", "", "expected a body of"),
            ("text/csv; charset=\"utf-8", "", "expected a body of"),
            ("text/csv;charset=utf-8;charset=latin1", "", "expected a body of"),
            ("text/csv; charset=ISO-8859-1", "", "charset iso-8859-1, expected utf-8"),
            ("application/json; charset=\"UTF-16\"", "", "charset utf-16, expected utf-8"),
            ("text/csv; header=absent", "", "header=absent"),
            ("text/csv", "gzip", "Content-Encoding gzip"),
            ("text/csv", "identity, BR", "Content-Encoding identity, br"),
        ])
    func refused(_ type: String, _ coding: String, _ detail: String) throws {
        var fields: HTTPFields = [.contentType: type]
        if !coding.isEmpty { fields[.contentEncoding] = coding }
        let problem = #expect(throws: Problem.self) { try Self.read(fields) }
        #expect(problem?.status == .unsupportedMediaType)
        #expect(problem?.detail.contains(detail) == true, "\(problem?.detail ?? "")")
    }

    @Test("identity is no coding, and none is taken without a type")
    func others() throws {
        #expect(
            try Self.read([.contentType: "text/csv", .contentEncoding: "Identity"]) == "text/csv")
        #expect(throws: Problem.self) { try Self.read([:]) }
    }
}
