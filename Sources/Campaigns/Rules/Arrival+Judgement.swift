extension Arrival {
    /// How the data of an input come in.
    ///
    /// - Parameters:
    ///   - producer: the task that makes the data set and the data set's state there; `nil` for
    ///     data from outside.
    ///   - policy: of the task that reads it.
    ///   - isReleased: whether an operator lets the task go on with what there is.
    static func of(
        _ input: InputVector, from producer: (task: TaskState, output: OutputState)?,
        policy: TaskPolicy, isReleased: Bool
    ) -> Arrival {
        if let producer {
            if producer.output == .done { return .complete }
            if producer.task == .broken { return .never }
        } else {
            if input.isLost { return .never }
            if input.isClosed { return .complete }
        }
        if input.available > 0, isReleased || policy.isOpen { return .enough }
        let isTooLate = policy.lateLimit.map { input.overdue > $0 } ?? false
        if policy.isPartial, input.available > 0, input.coverage >= policy.coverage {
            // The best moment: nothing more is expected soon.
            if isTooLate || (input.next ?? .infinity) > policy.wait { return .enough }
        }
        return isTooLate ? .never : .nothing
    }
}

extension InputVector {
    /// Whether there is more of it than the task knows of, and the task wants to know.
    func isNews(for state: TaskState, _ policy: TaskPolicy) -> Bool {
        available > known && (policy.isOpen || state == .toincexec || state == .rerefine)
    }
}
