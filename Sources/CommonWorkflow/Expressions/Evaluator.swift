import Documents

/// Evaluates the expressions of one process or step.
struct Evaluator: Sendable {
    /// `nil` where JavaScript is not declared: expressions are then references to parameters.
    let javascript: [String]?
    let engine: JavaScriptEngine
    let version: CWLVersion
    var inputs: JSONValue = .object([])
    var runtime: JSONValue = .null

    /// The value of a text, maybe with expressions.
    ///
    /// - Parameters:
    ///   - itself: `self`.
    ///   - isTrimmed: whether white space around an expression is left out.
    /// - Throws: `CWLError`: `permanentFailure`.
    func value(_ text: String, itself: JSONValue = .null, isTrimmed: Bool = true) throws
        -> JSONValue
    {
        guard Interpolation.isOne(text) else { return .text(text) }
        let interpolation: Interpolation
        do {
            interpolation = try Interpolation(isTrimmed ? text.trimmed : text, version: version)
        } catch {
            throw CWLError.failure("an expression without its end: \(brief(text))")
        }
        if interpolation.parts.count == 1, let part = interpolation.parts.first {
            return try value(of: part, itself: itself)
        }
        return .text(
            try interpolation.parts.map {
                try ValueText.interpolated(value(of: $0, itself: itself))
            }
            .joined())
    }

    /// The value of a field that may be a text with expressions, or any other value as it is.
    func value(_ field: JSONValue, itself: JSONValue = .null) throws -> JSONValue {
        if case .text(let text) = field { try value(text, itself: itself) } else { field }
    }

    /// The text that a field gives.
    ///
    /// - Throws: `CWLError` where it gives something else.
    func text(_ field: String, of name: String, itself: JSONValue = .null) throws -> String {
        let value = try value(field, itself: itself)
        switch value {
        case .text(let text): return text
        case .integer, .real: return ValueText.json(value)
        default:
            throw CWLError.failure("\(name) is \(ValueText.brief(value)), and should be a text")
        }
    }

    private func value(of part: Interpolation.Part, itself: JSONValue) throws -> JSONValue {
        switch part {
        case .literal(let text): return .text(text)
        case .expression(let code):
            if let value = ParameterReference(code)?.value(
                in: ["inputs": inputs, "self": itself, "runtime": runtime])
            {
                return value
            }
            guard javascript != nil else {
                throw CWLError.failure("$(\(brief(code))) refers to nothing")
            }
            return try evaluate("return (\(code)\n);", shown: code, itself: itself)
        case .function(let code):
            guard javascript != nil else {
                throw CWLError.failure(
                    "${\(brief(code))} needs InlineJavascriptRequirement, which is not there")
            }
            return try evaluate(code, shown: code, itself: itself)
        }
    }

    private func evaluate(_ body: String, shown: String, itself: JSONValue) throws -> JSONValue {
        let order: JSONValue = [
            "library": .list(javascript ?? []), "body": .text(body), "inputs": inputs,
            "self": itself, "runtime": runtime,
        ]
        do {
            return try engine.evaluate(order)
        } catch let error as CWLError {
            throw CWLError(error.code, lines: error.lines.map { "\($0), in \(brief(shown))" })
        }
    }

    private func brief(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
        return line.count > 80 ? line.prefix(77) + "..." : line
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
