import Foundation

/// Values as JSON text in the store's columns and in files; the same value gives the same text.
enum Document {
    static func data(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try data(value), as: UTF8.self)
    }

    /// - Parameter source: what the text is, for the error.
    static func value<Value: Decodable>(_ data: Data, _ source: String) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch {
            throw ExecutionError(.store, "\(source) is not what it should be: \(error)")
        }
    }

    static func value<Value: Decodable>(_ text: String, _ source: String) throws -> Value {
        try value(Data(text.utf8), source)
    }
}
