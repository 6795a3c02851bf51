import HTTPTypes

/// The path and query of a request, cut but not yet decoded.
struct RouteTarget {
    let text: String
    let segments: [Substring]
    let query: Substring

    init(_ text: String) {
        self.text = text
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        segments = parts[0].split(separator: "/")
        query = parts.count > 1 ? parts[1] : ""
    }
}

/// A segment of a route's path.
enum RouteSegment {
    case fixed(Substring)
    case parameter(String)

    init(_ text: Substring) {
        self = text.hasPrefix("{") ? .parameter(String(text.dropFirst().dropLast())) : .fixed(text)
    }
}

/// The routes of the path that a request's path matches.
struct RouteMatch<State: Sendable> {
    let segments: [RouteSegment]
    let routes: [Route<State>]

    var methods: String {
        let names = routes.map(\.method.rawValue)
        return (names + (names.contains("GET") ? ["HEAD"] : [])).joined(separator: ", ")
    }

    func route(for method: HTTPRequest.Method) -> Route<State>? {
        routes.first { $0.method == (method == .head ? .get : method) }
    }

    func values(
        of route: Route<State>, target: RouteTarget
    ) throws(Problem) -> [String: ParameterValue] {
        var values: [String: ParameterValue] = [:]
        for (segment, text) in zip(segments, target.segments) {
            guard case .parameter(let name) = segment else { continue }
            guard let decoded = PercentCoding.decoded(text) else {
                throw .badRequest("the path is not percent-encoded UTF-8")
            }
            try set(name, decoded, at: .path, of: route, in: &values)
        }
        for (name, text) in try QueryString(target.query).items {
            // A form sends the fields that were left empty.
            let isField = route.parameters.contains { $0.name == name }
            if route.isPage, isField, text.isEmpty { continue }
            try set(name, text, at: .query, of: route, in: &values)
        }
        for parameter in route.parameters where parameter.isRequired {
            guard values[parameter.name] != nil else {
                throw .badRequest("parameter \(parameter.name) is missing")
            }
        }
        return values
    }

    private func set(
        _ name: String, _ text: String, at place: Parameter.Place, of route: Route<State>,
        in values: inout [String: ParameterValue]
    ) throws(Problem) {
        let parameter = route.parameters.first { parameter in
            parameter.place == place
                && (route.isLenient
                    ? parameter.name.lowercased() == name.lowercased() : parameter.name == name)
        }
        guard let parameter else {
            if route.isLenient { return }
            let known = route.parameters.filter { $0.place == .query }.map(\.name)
            throw .badRequest(
                "unknown parameter \(name.prefix(80)), expected "
                    + (known.isEmpty ? "none" : "only " + known.joined(separator: ", ")))
        }
        guard values.updateValue(try parameter.value(text), forKey: parameter.name) == nil else {
            throw .badRequest("parameter \(parameter.name) is given twice")
        }
    }
}
