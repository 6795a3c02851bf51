/// What a system limits; `nil` where it does not say.
public struct BatchLimits: Hashable, Sendable {
    /// The most tasks of an array.
    public var arraySize: Int?
    /// Seconds for which the queue remembers jobs that have ended.
    public var remembered: Int?

    public init(arraySize: Int? = nil, remembered: Int? = nil) {
        self.arraySize = arraySize
        self.remembered = remembered
    }
}
