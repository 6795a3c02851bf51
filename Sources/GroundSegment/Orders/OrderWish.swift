/// What operators want of an order that a runner has.
public struct OrderWish: Hashable, Sendable {
    public let order: ID<ProcessingOrder>
    /// What the order's priority is now.
    public let priority: Int
    /// Why it is to be stopped, on one line; `nil` where it may go on.
    public let cancellation: String?

    public init(order: ID<ProcessingOrder>, priority: Int, cancellation: String? = nil) {
        self.order = order
        self.priority = priority
        self.cancellation = cancellation
    }
}
