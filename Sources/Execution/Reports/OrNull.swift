/// A value that JSON shows as `null` where there is none, so that its key is always there.
@propertyWrapper
public struct OrNull<Value: Encodable & Hashable & Sendable>: Hashable, Sendable, Encodable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) {
        self.wrappedValue = wrappedValue
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue {
            try container.encode(wrappedValue)
        } else {
            try container.encodeNil()
        }
    }
}
