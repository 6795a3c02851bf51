public import Documents
import Foundation

/// Something in a plan.json that no plan can hold.
public struct PlanFault: Sendable, Hashable {
    /// The item, SDC or entry that is at fault; `nil` where it is the plan itself.
    public let record: String?
    /// The field, by its path in the record; `nil` where it is the whole of it.
    public let field: String?
    public let found: String
    public let expected: String

    /// The fault in a file that was given as `file`.
    public func diagnostic(file: String) -> Diagnostic {
        Diagnostic(
            file: file, place: record.map(Diagnostic.Place.record), field: field, found: found,
            expected: expected)
    }
}

extension PlanFault {
    /// What kept a decoder from reading the content.
    init(_ error: any Error) {
        guard let error = error as? DecodingError else {
            self.init(record: nil, field: nil, found: "\(error)", expected: "JSON")
            return
        }
        switch error {
        case .typeMismatch(let type, let context):
            self.init(
                record: nil, field: Self.path(context), found: Self.found(context),
                expected: Self.name(type))
        case .valueNotFound(let type, let context):
            self.init(
                record: nil, field: Self.path(context), found: "null", expected: Self.name(type))
        case .keyNotFound(let key, let context):
            self.init(
                record: nil, field: Self.path(context), found: "no \(key.stringValue)",
                expected: "one")
        case .dataCorrupted(let context):
            self.init(
                record: nil, field: Self.path(context), found: context.debugDescription,
                expected: "JSON that a plan can hold")
        @unknown default:
            self.init(record: nil, field: nil, found: "\(error)", expected: "JSON")
        }
    }

    /// Whether an error does not tell the place.
    static func isSilent(_ error: any Error) -> Bool {
        guard case DecodingError.dataCorrupted(let context) = error else { return false }
        return context.codingPath.isEmpty
    }

    /// `tiles[3].outer[0][1]`; `nil` for the content itself.
    private static func path(_ context: DecodingError.Context) -> String? {
        let path = context.codingPath.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return path.isEmpty ? nil : path
    }

    /// What a decoder met: the standard library says "Expected to decode X but found Y instead.".
    private static func found(_ context: DecodingError.Context) -> String {
        let text = context.debugDescription
        guard let start = text.range(of: "but found ")?.upperBound,
            let end = text.range(of: " instead", options: .backwards)?.lowerBound, start < end
        else { return text }
        return String(text[start..<end])
    }

    private static func name(_ type: any Any.Type) -> String {
        switch type {
        case is Double.Type: "a number"
        case is Int.Type, is UInt64.Type: "a whole number"
        case is String.Type: "a text"
        case is [Any].Type: "a list"
        default: "an object or list as in a plan.json"
        }
    }
}
