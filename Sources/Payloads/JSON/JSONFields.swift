/// The fields of a JSON object, read by name and type.
///
/// Each reading throws a `PayloadError` of code `message` that names the field, what was found and
/// what was expected.
struct JSONFields {
    private let fields: [String: JSON]
    private let place: String

    /// - Parameter place: what the object is, for messages: `start`, `result.json`.
    init(_ value: JSON, _ place: String) throws(PayloadError) {
        guard case .object(let fields) = value else {
            throw PayloadError(.message, "\(place): expected an object")
        }
        self.fields = fields
        self.place = place
    }

    func has(_ name: String) -> Bool {
        fields[name].map { $0 != .null } ?? false
    }

    func text(_ name: String) throws(PayloadError) -> String {
        guard case .string(let text)? = fields[name] else { throw fault(name, "a text") }
        return text
    }

    func flag(_ name: String) throws(PayloadError) -> Bool {
        guard case .bool(let flag)? = fields[name] else { throw fault(name, "true or false") }
        return flag
    }

    /// A whole number that is not negative.
    func count(_ name: String) throws(PayloadError) -> Int {
        guard case .number(let digits)? = fields[name], let count = Int(digits), count >= 0 else {
            throw fault(name, "a whole number from 0 on")
        }
        return count
    }

    func token(_ name: String) throws(PayloadError) -> UInt64 {
        guard case .number(let digits)? = fields[name], let token = UInt64(digits) else {
            throw fault(name, "a whole number from 0 on")
        }
        return token
    }

    func integer(_ name: String) throws(PayloadError) -> Int {
        guard case .number(let digits)? = fields[name], let integer = Int(digits) else {
            throw fault(name, "a whole number")
        }
        return integer
    }

    func number(_ name: String) throws(PayloadError) -> Double {
        guard case .number(let digits)? = fields[name], let number = Double(digits),
            number.isFinite
        else { throw fault(name, "a number") }
        return number
    }

    /// `nil` where the field is absent or null.
    func optional<Value>(
        _ name: String, _ read: (String) throws(PayloadError) -> Value
    ) throws(PayloadError) -> Value? {
        has(name) ? try read(name) : nil
    }

    func texts(_ name: String) throws(PayloadError) -> [String] {
        guard case .array(let values)? = fields[name] else { throw fault(name, "a list of texts") }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { throw fault(name, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    func textsByName(_ name: String) throws(PayloadError) -> [String: String] {
        guard case .object(let values)? = fields[name] else {
            throw fault(name, "an object of texts")
        }
        var texts: [String: String] = [:]
        for (key, value) in values {
            guard case .string(let text) = value else { throw fault(name, "an object of texts") }
            texts[key] = text
        }
        return texts
    }

    func object(_ name: String) throws(PayloadError) -> JSONFields {
        try JSONFields(fields[name] ?? .null, "\(place).\(name)")
    }

    func objects(_ name: String) throws(PayloadError) -> [JSONFields] {
        guard case .array(let values)? = fields[name] else {
            throw fault(name, "a list of objects")
        }
        var objects: [JSONFields] = []
        for value in values { objects.append(try JSONFields(value, "\(place).\(name)")) }
        return objects
    }

    func objectsByName(_ name: String) throws(PayloadError) -> [String: JSONFields] {
        guard case .object(let values)? = fields[name] else {
            throw fault(name, "an object of objects")
        }
        var objects: [String: JSONFields] = [:]
        for (key, value) in values {
            objects[key] = try JSONFields(value, "\(place).\(name).\(key)")
        }
        return objects
    }

    func fault(_ name: String, _ expected: String) -> PayloadError {
        let found =
            switch fields[name] {
            case nil: "nothing"
            case .null?: "null"
            case .bool(let flag)?: "\(flag)"
            case .number(let digits)?: digits
            case .string(let text)?: "\"\(printable(text.utf8, limit: 60))\""
            case .array?: "a list"
            case .object?: "an object"
            }
        return PayloadError(
            .message, "\(place): field \(name): found \(found), expected \(expected)")
    }
}

extension JSONFields {
    /// One of the words of a type; `nil` where the field is absent.
    func word<Word: RawRepresentable<String>>(_ name: String) throws(PayloadError) -> Word? {
        guard has(name) else { return nil }
        guard let word = Word(rawValue: try text(name)) else { throw fault(name, "\(Word.self)") }
        return word
    }
}
