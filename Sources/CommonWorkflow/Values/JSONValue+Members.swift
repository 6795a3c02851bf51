import Documents

/// Values of CWL's data model (CWL 1.2, "Data concepts") are JSON values.
extension JSONValue {
    /// A field of an object; `nil` where there is none, or the value is no object.
    subscript(name: String) -> JSONValue? {
        members?.first { $0.name == name }?.value
    }

    var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    var elements: [JSONValue]? {
        if case .list(let values) = self { values } else { nil }
    }

    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .real(let number): number
        default: nil
        }
    }

    /// A number without a fraction.
    var wholeNumber: Int? {
        switch self {
        case .integer(let number): number
        case .real(let number): Int(exactly: number)
        default: nil
        }
    }

    /// Whether it is a File object.
    var isFile: Bool { self["class"]?.string == "File" }
    /// Whether it is a Directory object.
    var isDirectory: Bool { self["class"]?.string == "Directory" }

    /// The object with a field of another value, or without it where `nil`.
    func setting(_ name: String, to value: JSONValue?) -> JSONValue {
        guard var members else { return self }
        let place = members.firstIndex { $0.name == name }
        switch (place, value) {
        case (let place?, let value?): members[place] = Member(name: name, value: value)
        case (let place?, nil): members.remove(at: place)
        case (nil, let value?): members.append(Member(name: name, value: value))
        case (nil, nil): break
        }
        return .object(members)
    }

    /// The value as one of a list: itself, or nothing where null.
    var asList: [JSONValue] {
        switch self {
        case .list(let values): values
        case .null: []
        default: [self]
        }
    }

    /// The value with all File and Directory objects in it changed, those that are in others not.
    func mappingFiles(_ change: (JSONValue) throws -> JSONValue) rethrows -> JSONValue {
        if isFile || isDirectory { return try change(self) }
        switch self {
        case .list(let values): return .list(try values.map { try $0.mappingFiles(change) })
        case .object(let members):
            return .object(
                try members.map { member in
                    Member(name: member.name, value: try member.value.mappingFiles(change))
                })
        default: return self
        }
    }
}
