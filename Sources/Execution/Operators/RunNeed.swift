import GroundSegment

/// A run that has to complete before another one begins.
struct RunNeed: Hashable, Sendable {
    let number: Int64
    let id: ID<Run>
    /// `nil` where it was removed.
    var state: RunState?
    /// Whether it is not submitted.
    var isDraft = false

    var isMet: Bool { state == .completed }

    /// Why the other one waits: `needs run 12, which runs`.
    var reason: String {
        let what =
            switch state {
            case nil: "was removed"
            case .held where isDraft: "is not submitted"
            case .pending: "has not begun"
            case .executing: "runs"
            case .held: "is held"
            case .completed: "has completed"
            case .error: "failed"
            case .aborted: "was aborted"
            }
        return "needs run \(number), which \(what)"
    }

    /// One line for all that are open; `nil` where none is.
    static func reason(_ needs: [RunNeed]) -> String? {
        let open = needs.filter { !$0.isMet }
        guard let first = open.first else { return nil }
        return first.reason + (open.count > 1 ? "; and \(open.count - 1) more" : "")
    }
}
