import Documents
import GroundSegment

/// What documents are made of; what is not there is null, so that a document always has the same
/// members.
extension JSONValue {
    init(_ text: String?) { self = text.map(JSONValue.text) ?? .null }
    init(_ number: Int?) { self = number.map(JSONValue.integer) ?? .null }
    init(_ number: Double?) { self = number.map(JSONValue.real) ?? .null }
    init(_ instant: MJD?) { self = instant.map { .text($0.iso8601) } ?? .null }

    /// Start and end, the end excluded.
    init(_ window: TimeWindow) {
        self = ["start": JSONValue(window.start), "end": JSONValue(window.end)]
    }

    /// The two SDCs of an item; null for none.
    init(_ assignment: Assignment?) {
        self =
            assignment.map {
                ["primary": .text($0.primary.text), "secondary": .text($0.secondary.text)]
            } ?? .null
    }

    /// An object that begins with other members.
    func with(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { Member(name: $0.key, value: $0.value) })
    }

    /// How many there are of each cause, all of them named.
    static func counts(_ causes: [ChangeCause]) -> JSONValue {
        .object(
            ChangeCause.allCases.map { cause in
                Member(name: cause.rawValue, value: .integer(causes.count { $0 == cause }))
            })
    }
}

extension ItemID {
    /// `kind` and `id`.
    var json: JSONValue { ["kind": .text(kind.rawValue), "id": .text(text)] }
}

extension InputFile {
    var json: JSONValue {
        ["file": .text(name), "sha256": .text(sha256), "bytes": .integer(bytes)]
    }
}
