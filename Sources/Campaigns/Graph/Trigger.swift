public import GroundSegment

/// What has to happen before a task starts, besides that its inputs are there.
public enum Trigger: Hashable, Sendable {
    /// This instant.
    case date(MJD)
    /// The first product of this name that arrives after the campaign was approved.
    case product(String)

    /// Whether it has happened.
    ///
    /// - Parameter products: names of the products that have arrived since the approval.
    public func hasFired(at now: MJD, products: Set<String>) -> Bool {
        switch self {
        case .date(let date): now >= date
        case .product(let name): products.contains(name)
        }
    }
}
