import Synchronization

/// Where the newest state stands for all requests to read, and who waits for the next one.
///
/// A lock, because every request reads it and nothing is awaited meanwhile.
final class StateBoard: Sendable {
    private struct Content {
        var state = ServedState.empty
        var isLoaded = false
        var isConnected = false
        var followers: [Int: AsyncStream<ServedState>.Continuation] = [:]
        var lastFollower = 0
    }

    private let content = Mutex(Content())

    var state: ServedState { content.withLock { $0.state } }

    /// Whether a state was read at all, and the database could be reached just now.
    var isReady: Bool { content.withLock { $0.isLoaded && $0.isConnected } }

    /// How many follow the changes now.
    var followers: Int { content.withLock { $0.followers.count } }

    /// Replaces the state as a whole, and tells those who follow.
    func publish(_ state: ServedState) {
        let followers = content.withLock { content in
            content.state = state
            content.isLoaded = true
            content.isConnected = true
            return Array(content.followers.values)
        }
        for follower in followers { follower.yield(state) }
    }

    /// Gives those who follow the state once more, so that they notice when their client is gone.
    func remind() {
        let (state, followers) = content.withLock { ($0.state, Array($0.followers.values)) }
        for follower in followers { follower.yield(state) }
    }

    /// Says whether the database can be reached; the state stays.
    func set(isConnected: Bool) {
        content.withLock { $0.isConnected = isConnected }
    }

    /// The states from now on, only the newest where a follower is slow, each perhaps more than
    /// once; `nil` where `limit` follow already.
    func follow(limit: Int) -> AsyncStream<ServedState>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ServedState.self, bufferingPolicy: .bufferingNewest(1))
        let number = content.withLock { content -> Int? in
            guard content.followers.count < limit else { return nil }
            content.lastFollower += 1
            content.followers[content.lastFollower] = continuation
            return content.lastFollower
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in
            self?.content.withLock { _ = $0.followers.removeValue(forKey: number) }
        }
        return stream
    }
}
