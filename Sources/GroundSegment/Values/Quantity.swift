/// A number with its unit in its type: core-hours cannot be added to terabytes.
public struct Quantity<Unit>: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: Double

    public init(_ value: Double) {
        self.value = value
    }

    public var description: String { "\(value)" }

    public static var zero: Quantity { Quantity(0) }

    public static func < (left: Quantity, right: Quantity) -> Bool { left.value < right.value }
    public static func + (left: Quantity, right: Quantity) -> Quantity {
        Quantity(left.value + right.value)
    }
    public static func - (left: Quantity, right: Quantity) -> Quantity {
        Quantity(left.value - right.value)
    }
    public static func * (left: Quantity, factor: Double) -> Quantity {
        Quantity(left.value * factor)
    }
    public static func += (left: inout Quantity, right: Quantity) { left = left + right }
    /// The ratio of two quantities of one kind.
    public static func / (left: Quantity, right: Quantity) -> Double { left.value / right.value }
}

public enum CoreHourUnit {}
public enum TerabyteUnit {}

/// Computing work: one core for one hour.
public typealias CoreHours = Quantity<CoreHourUnit>
/// Data volume: 1e12 bytes.
public typealias Terabytes = Quantity<TerabyteUnit>
