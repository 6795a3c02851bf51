import Foundation

/// An object of a system's JSON, whose values are texts in one version and numbers in another.
struct JSONFields {
    private let values: [String: Any]

    init(_ values: [String: Any]) {
        self.values = values
    }

    /// - Throws: `BatchSystemError` of code `unreadable`.
    static func document(_ text: String, of command: String) throws(BatchSystemError) -> Any {
        do {
            return try JSONSerialization.jsonObject(with: Data(text.utf8))
        } catch {
            throw BatchSystemError(
                .unreadable, "\(command): found \"\(text.prefix(200))\", expected JSON")
        }
    }

    func text(_ key: String) -> String? {
        switch values[key] {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    func number(_ key: String) -> Int? {
        switch values[key] {
        case let text as String: Int(text)
        case let number as NSNumber: Int(exactly: number.doubleValue)
        default: nil
        }
    }

    func flag(_ key: String) -> Bool? { (values[key] as? NSNumber)?.boolValue }
}
