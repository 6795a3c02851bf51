import Tables

/// The interface in the words of OpenAPI 3.1, made from the same routes as the router.
struct OpenAPIDocument {
    let routes: [Route]

    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Distribution of a Science Ground Segment",
                "description": .text(Self.description),
                "version": "1.0.0",
                "license": ["name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"],
            ],
            "paths": .object(paths),
            "components": ["schemas": ["Problem": Self.problem]],
        ]
    }

    private static let description =
        "Which Science Data Centres own which observations and tiles, by the published "
        + "distributions.  Reading only: nothing here changes anything."

    private var paths: [JSONValue.Member] {
        var names: [String] = []
        for route in routes where !names.contains(route.path) { names.append(route.path) }
        return names.map { name in
            JSONValue.Member(
                name: name,
                value: .object(
                    routes.filter { $0.path == name }.map { route in
                        JSONValue.Member(
                            name: route.method.rawValue.lowercased(), value: operation(route))
                    }))
        }
    }

    private func operation(_ route: Route) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "operationId", value: .text(Self.name(of: route))),
            .init(name: "summary", value: .text(route.summary)),
            .init(name: "parameters", value: .list(route.parameters.map(Self.parameter))),
        ]
        if route.method == .post { members.append(.init(name: "requestBody", value: Self.body)) }
        let problems = [400: "A parameter is wrong; the problem says which."]
            .merging(route.result.isTable ? [406: "No such format is offered."] : [:]) { a, _ in a }
            .merging(route.problems) { _, own in own }
        let answers =
            [JSONValue.Member(name: "200", value: Self.success(route.result))]
            + problems.sorted { $0.key < $1.key }.map { status, reason in
                .init(name: "\(status)", value: Self.failure(reason))
            }
        members.append(.init(name: "responses", value: .object(answers)))
        return .object(members)
    }

    /// `get_tiles_id_owner`: unique, and fit for the names of functions.
    private static func name(of route: Route) -> String {
        let words = route.path.split { !$0.isLetter && !$0.isNumber }
        return ([route.method.rawValue.lowercased()] + words.map(String.init))
            .joined(separator: "_")
    }

    private static func parameter(_ parameter: Parameter) -> JSONValue {
        [
            "name": .text(parameter.name), "in": .text(parameter.place.rawValue),
            "required": .boolean(parameter.isRequired),
            "description": .text(parameter.description), "schema": schema(parameter.kind),
        ]
    }

    private static func schema(_ kind: Parameter.Kind) -> JSONValue {
        switch kind {
        case .text:
            ["type": "string", "minLength": 1, "pattern": "^[^\\u0000-\\u001f\\u007f]+$"]
        case .any: ["type": "string"]
        case .real(let range):
            [
                "type": "number", "minimum": .real(range.lowerBound),
                "maximum": .real(range.upperBound),
            ]
        case .integer(let range):
            [
                "type": "integer", "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ]
        case .date:
            ["type": "string", "format": "date-time", "examples": ["2027-02-01T00:00:00Z"]]
        case .choice(let choices): ["type": "string", "enum": .list(choices)]
        }
    }

    private static let body: JSONValue = [
        "required": true,
        "content": [
            "application/json": [
                "schema": [
                    "type": "object", "required": ["positions"],
                    "properties": [
                        "positions": [
                            "type": "array",
                            "items": [
                                "type": "array", "minItems": 2, "maxItems": 2,
                                "prefixItems": [
                                    ["type": "number", "minimum": -360, "maximum": 360],
                                    ["type": "number", "minimum": -90, "maximum": 90],
                                ],
                                "items": ["type": "number", "minimum": -90, "maximum": 90],
                            ],
                        ]
                    ],
                ]
            ],
            "text/csv": [
                "schema": ["type": "string", "pattern": .text(positionLines)],
                "example": "ra,dec\n28.29,-22.5\n",
            ],
        ],
    ]

    /// A line of names and lines of numbers; columns may also have another order, and be more.
    private static let positionLines =
        "^ra,dec(\\n([0-9]{1,2}|[12][0-9]{2})(\\.[0-9]{1,9})?,-?[0-8]?[0-9](\\.[0-9]{1,9})?)*\\n?$"

    private static func success(_ result: Route.Result) -> JSONValue {
        let text: JSONValue = ["schema": ["type": "string"]]
        func document(_ mediaType: String) -> JSONValue.Member {
            .init(
                name: mediaType, value: mediaType == "application/json" ? ["schema": [:]] : text)
        }
        let content: [JSONValue.Member]
        switch result {
        case .document(let mediaType): content = [document(mediaType)]
        case .documents(let mediaTypes): content = mediaTypes.map(document)
        case .record(let columns), .table(let columns):
            content = TableFormat.allCases.map { format in
                let isJSON = format == .json
                let type = Negotiation.mediaType(format).split(separator: ";")[0]
                let schema = result.isRecord ? row(columns) : table(columns)
                return .init(
                    name: String(type), value: isJSON ? ["schema": schema] : text)
            }
        }
        return ["description": "The answer.", "content": .object(content)]
    }

    private static func row(_ columns: [Column]) -> JSONValue {
        let members = columns.map { column in
            let type: JSONValue =
                switch column.type {
                case .text: "string"
                case .integer: "integer"
                case .real: "number"
                case .boolean: "boolean"
                }
            let unit = column.unit.isEmpty ? "" : " [\(column.unit)]"
            return JSONValue.Member(
                name: column.name,
                value: ["type": [type, "null"], "description": .text(column.description + unit)])
        }
        return [
            "type": "object", "properties": .object(members),
            "required": .list(columns.map(\.name)),
        ]
    }

    private static func table(_ columns: [Column]) -> JSONValue {
        [
            "type": "object", "required": ["name", "columns", "rows"],
            "properties": [
                "name": ["type": "string"], "description": ["type": "string"],
                "columns": ["type": "array", "items": ["type": "object"]],
                "rows": ["type": "array", "items": row(columns)],
            ],
        ]
    }

    private static func failure(_ reason: String) -> JSONValue {
        [
            "description": .text(reason),
            "content": [
                "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
            ],
        ]
    }

    private static let problem: JSONValue = [
        "type": "object", "description": "RFC 9457",
        "required": ["type", "title", "status", "detail"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"],
            "status": ["type": "integer"], "detail": ["type": "string"],
        ],
    ]
}

extension Route.Result {
    /// Whether it is one row.
    fileprivate var isRecord: Bool {
        if case .record = self { true } else { false }
    }
}
