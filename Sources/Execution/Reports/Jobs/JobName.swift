/// A payload as it is named on a command line: `RUN/PATH`, `RUN/PATH#ATTEMPT`.
///
/// The run is its identifier or number, the path that of its node (`correct.iterations.3.flat`) or
/// the payload's number.
public struct JobName: Hashable, Sendable, CustomStringConvertible {
    public let run: String
    public let payload: String
    /// `nil` for the present or last one.
    public let attempt: Int?

    /// `nil` where the text is no such name.
    public init?(_ text: String) {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        run = String(text[..<slash])
        let parts = text[text.index(after: slash)...].split(
            separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        payload = String(parts[0])
        if parts.count > 1 {
            guard let number = Int(parts[1]), number > 0 else { return nil }
            attempt = number
        } else {
            attempt = nil
        }
        guard !run.isEmpty, !payload.isEmpty else { return nil }
    }

    public var description: String {
        "\(run)/\(payload)" + (attempt.map { "#\($0)" } ?? "")
    }
}

extension RunFacts {
    /// Number of a payload that is named by its path or number.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where the run has none of that name.
    func number(_ payload: String) throws -> Int {
        if let number = life.number(path: payload) { return number }
        if let number = Int(payload), life.contains(number) { return number }
        throw ExecutionError(.unknownItem, "\(run.id) has no payload \(payload)")
    }
}

extension RunFacts {
    /// Whether a payload that is named by its path or number has ended.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where the run has none of that name.
    public func hasEnded(_ payload: String) throws -> Bool {
        life[try number(payload)].state.isFinal
    }
}

extension RunLife {
    /// The payload's node whatever the iteration: `correct.flat`.
    func label(_ number: Int) -> String {
        var names: [String] = []
        var next: Int? = number
        while let number = next {
            names.append(node(number).id)
            next = container(of: number)
        }
        return names.reversed().joined(separator: ".")
    }
}
