public import Hummingbird
public import NIOCore

/// A request that matches a route, its parameters checked.
public struct RouteRequest<State: Sendable>: Sendable {
    let values: [String: ParameterValue]
    /// The path and query as they came.
    public let target: String
    public let request: Request
    /// What is answered from, one and the same for the whole request.
    public let state: State

    /// The value of a parameter of texts, choices or a kind of its own; `nil` where it is not
    /// given.
    public func text(_ name: String) -> String? {
        if case .text(let text) = values[name] { text } else { nil }
    }

    /// The value of a parameter of numbers; `nil` where it is not given.
    public func real(_ name: String) -> Double? {
        if case .real(let number) = values[name] { number } else { nil }
    }

    /// The value of a parameter of whole numbers; `nil` where it is not given.
    public func integer(_ name: String) -> Int? {
        if case .integer(let number) = values[name] { number } else { nil }
    }

    /// A text that the route declares as required.
    public func required(_ name: String) -> String {
        guard let text = text(name) else { preconditionFailure("\(name) is not declared") }
        return text
    }

    /// A number that the route declares as required.
    public func requiredReal(_ name: String) -> Double {
        guard let number = real(name) else { preconditionFailure("\(name) is not declared") }
        return number
    }

    /// The whole body.
    ///
    /// - Throws: `Problem` of status 413 where it is larger than `most` bytes, of status 408 where
    ///   it does not come within `patience`.
    public func body(upTo most: Int, within patience: Duration) async throws -> ByteBuffer {
        let body = request.body
        return try await withThrowingTaskGroup(of: ByteBuffer.self) { tasks in
            tasks.addTask {
                try await Task.sleep(for: patience)
                throw Problem(
                    status: .requestTimeout, detail: "the body did not come in time", body: .begun)
            }
            tasks.addTask {
                do {
                    return try await body.collect(upTo: most)
                } catch is NIOTooManyBytesError {
                    throw Problem(
                        status: .contentTooLarge,
                        detail: "expected a body of at most \(most) bytes", body: .begun)
                }
            }
            defer { tasks.cancelAll() }
            guard let body = try await tasks.next() else { throw CancellationError() }
            return body
        }
    }

    /// The address of the page that begins after `place`: the same with `after` set to it.
    public func next(after place: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1)
        let query = (parts.count > 1 ? parts[1] : "").split(separator: "&")
            .filter { part in
                let name = part.prefix { $0 != "=" }
                return PercentCoding.decodedForm(name) != "after"
            }
        let all = query + ["after=" + PercentCoding.encoded(place)[...]]
        return parts[0] + "?" + all.joined(separator: "&")
    }
}
