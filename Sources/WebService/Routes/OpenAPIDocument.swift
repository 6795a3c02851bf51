public import Documents
import OrderedCollections
import Tables

/// The interface in the words of OpenAPI 3.1, made from the same routes as the router.
public struct OpenAPIDocument<State: Sendable> {
    /// The Info Object: title, description, version, licence.
    private let info: JSONValue
    private let routes: [Route<State>]

    public init(info: JSONValue, routes: [Route<State>]) {
        self.info = info
        self.routes = routes
    }

    /// The document.
    public var json: JSONValue {
        [
            "openapi": "3.1.0", "info": info, "paths": .object(paths),
            "components": ["schemas": ["Problem": Schema.problem]],
        ]
    }

    private var paths: [JSONValue.Member] {
        OrderedDictionary(grouping: routes, by: \.path).map { path, routes in
            JSONValue.Member(
                name: path,
                value: .object(
                    routes.map { route in
                        JSONValue.Member(
                            name: route.method.rawValue.lowercased(), value: operation(route))
                    }))
        }
    }

    private func operation(_ route: Route<State>) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "operationId", value: .text(name(of: route))),
            .init(name: "summary", value: .text(route.summary)),
            .init(name: "parameters", value: .list(route.parameters.map(Schema.parameter))),
        ]
        if let body = route.body { members.append(.init(name: "requestBody", value: body)) }
        let problems = [400: "A parameter is wrong; the problem says which."]
            .merging(route.result.isTable ? [406: "No such format is offered."] : [:]) { a, _ in a }
            .merging(route.problems) { _, own in own }
        let answers =
            [JSONValue.Member(name: "200", value: Schema.success(route.result))]
            + problems.sorted { $0.key < $1.key }.map { status, reason in
                .init(name: "\(status)", value: Schema.failure(reason))
            }
        members.append(.init(name: "responses", value: .object(answers)))
        return .object(members)
    }

    /// `get_tiles_id_owner`: unique, and fit for the names of functions.
    private func name(of route: Route<State>) -> String {
        let words = route.path.split { !$0.isLetter && !$0.isNumber }
        return ([route.method.rawValue.lowercased()] + words.map(String.init))
            .joined(separator: "_")
    }
}

/// The parts of the description that do not depend on what the routes answer from.
private enum Schema {
    static func parameter(_ parameter: Parameter) -> JSONValue {
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
        case .choice(let choices): ["type": "string", "enum": .list(choices)]
        case .form(let form): form.schema
        }
    }

    static func success(_ result: RouteResult) -> JSONValue {
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
                "total": ["type": "integer", "description": "How many rows there are in all."],
                "next": ["type": "string", "description": "Where the following rows are."],
                "columns": ["type": "array", "items": ["type": "object"]],
                "rows": ["type": "array", "items": row(columns)],
            ],
        ]
    }

    static func failure(_ reason: String) -> JSONValue {
        [
            "description": .text(reason),
            "content": [
                "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
            ],
        ]
    }

    static let problem: JSONValue = [
        "type": "object", "description": "RFC 9457",
        "required": ["type", "title", "status", "detail"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"],
            "status": ["type": "integer"], "detail": ["type": "string"],
        ],
    ]
}
