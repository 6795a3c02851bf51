/// How long relaxations are looked for.
///
/// What was found until then stays true: conflicts are proven, and changes that were not tried to
/// the end are left out.
public struct RelaxationLimit: Sendable {
    private let check: @Sendable () -> Bool

    /// - Parameter isOver: whether the search has to come to its end, asked often; once true, it
    ///   stays true.
    public init(isOver: @escaping @Sendable () -> Bool) {
        check = isOver
    }

    /// However long it takes.
    public static let none = RelaxationLimit { false }

    /// So many seconds from now.
    public static func seconds(_ seconds: Double) -> RelaxationLimit {
        let end = ContinuousClock.now + .seconds(seconds)
        return RelaxationLimit { ContinuousClock.now >= end }
    }

    var isOver: Bool { check() }
}
