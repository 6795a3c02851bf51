import Markup
import NIOCore
import Tables

@testable import WebService

/// What the sample's routes answer from.
struct SampleState: Sendable {
    var version = "1"
    var primary = "SDC-FR"
}

/// Routes of every kind.
enum SampleRoutes {
    static let bodyBytes = 8 << 20

    static let all: [Route<SampleState>] = [
        Route("/healthz", "Whether it runs.", result: .document(mediaType: "text/plain")) { _ in
            Answer(
                content: .document("ok\n", mediaType: "text/plain; charset=utf-8"),
                caching: .never)
        },
        Route("/", "The start.", result: .document(mediaType: Page.mediaType)) { _ in
            .document(Page(title: "Start", data: nil).text, Page.mediaType)
        },
        Route(
            "/sorted", "A page with a form.", [.query("by", .choice(["id"]), "By what.")],
            result: .document(mediaType: Page.mediaType)
        ) { request in
            .document(Page(title: request.text("by") ?? "none", data: nil).text, Page.mediaType)
        },
        Route("/v1/sdcs", "The SDCs.", result: .table([Column("sdc")])) { request in
            Answer(
                content: .table(
                    AnswerTable(
                        name: "sdcs", description: "", columns: [Column("sdc")],
                        rows: [[.text(request.state.primary)]])), tag: request.state.version)
        },
        Route(
            "/v1/tiles/{id}/owner", "A tile's owner.", [.path("id", .text, "Identifier."), survey],
            result: .record(ownerColumns), problems: [404: "No such tile."]
        ) { request in
            guard request.required("id") == "7" else { throw Problem.notFound("no such tile") }
            let row: [TableValue] = [.text("TEST"), .text("7"), .text(request.state.primary)]
            return Answer(
                content: .record(
                    AnswerTable(
                        name: "owner", description: "", columns: ownerColumns, rows: [row])),
                tag: request.state.version)
        },
        Route(
            "/v1/owner", "Who owns a position.",
            [
                .query("ra", .real(-360...360), isRequired: true, "Degrees."),
                .query("dec", .real(-90...90), isRequired: true, "Degrees."),
                .query("at", .form(hour), "When."),
            ], result: .record(positionColumns)
        ) { request in
            let row = row(request.requiredReal("ra"), request.requiredReal("dec"))
            return Answer(
                content: .record(
                    AnswerTable(
                        name: "owner", description: "", columns: positionColumns, rows: [row])))
        },
        Route(
            "/v1/owner", "Who owns each of many positions.", method: .post,
            result: .table(positionColumns),
            body: ["required": true, "content": ["text/csv": ["schema": ["type": "string"]]]]
        ) { request in
            _ = try BodyType.read(request.request.headers, taken: ["text/csv"])
            let body = try await request.body(upTo: bodyBytes, within: .seconds(600))
            let rows = String(buffer: body).split(separator: "\n").dropFirst().map { line in
                let numbers = line.split(separator: ",").compactMap { Double($0) }
                return row(numbers[0], numbers[1])
            }
            let lease = try ByteBudget(total: bodyBytes).takeNow(body.readableBytes)
            return Answer(
                content: .rows(
                    AnswerRows(
                        name: "owners", description: "", columns: positionColumns,
                        count: rows.count, lease: lease, row: { rows[$0] })), caching: .never)
        },
    ]

    private static let ownerColumns = [Column("survey"), Column("id"), Column("primary")]
    private static let positionColumns = [
        Column("ra", type: .real), Column("dec", type: .real), Column("tile"), Column("primary"),
    ]
    private static let survey = Parameter.query(
        "survey", .text, problems: [404: "No such survey."], "The survey.")
    private static let hour = ParameterForm(
        schema: ["type": "string", "format": "hour"], expectation: "an hour as 07"
    ) { text in text.count == 2 && (0..<24).contains(Int(text) ?? -1) }

    private static func row(_ ra: Double, _ dec: Double) -> [TableValue] {
        [.real(ra), .real(dec), .text("7"), .text("SDC-FR")]
    }
}
