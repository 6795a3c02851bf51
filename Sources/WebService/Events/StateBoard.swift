import Synchronization

/// Where the newest state stands for all requests to read, and who waits for the next one.
///
/// A lock, because every request reads it and nothing is awaited meanwhile.
public final class StateBoard<State: Sendable>: Sendable {
    private struct Content {
        var state: State
        var isLoaded = false
        var isConnected = false
        var followers: [Int: AsyncStream<State>.Continuation] = [:]
        var lastFollower = 0
    }

    private let content: Mutex<Content>

    /// - Parameter state: what is there before any is read.
    public init(_ state: State) {
        content = Mutex(Content(state: state))
    }

    /// The newest state.
    public var state: State { content.withLock { $0.state } }

    /// Whether a state was read at all, and what it is read from could be reached just now.
    public var isReady: Bool { content.withLock { $0.isLoaded && $0.isConnected } }

    /// How many follow the changes now.
    public var followers: Int { content.withLock { $0.followers.count } }

    /// Replaces the state as a whole, and tells those who follow.
    public func publish(_ state: State) {
        let followers = content.withLock { content in
            content.state = state
            content.isLoaded = true
            content.isConnected = true
            return Array(content.followers.values)
        }
        for follower in followers { follower.yield(state) }
    }

    /// Gives those who follow the state once more, so that they notice when their client is gone.
    public func remind() {
        let (state, followers) = content.withLock { ($0.state, Array($0.followers.values)) }
        for follower in followers { follower.yield(state) }
    }

    /// Says whether what the state is read from can be reached; the state stays.
    public func set(isConnected: Bool) {
        content.withLock { $0.isConnected = isConnected }
    }

    /// The states from now on, only the newest where a follower is slow, each perhaps more than
    /// once; `nil` where `limit` follow already.
    public func follow(limit: Int) -> AsyncStream<State>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: State.self, bufferingPolicy: .bufferingNewest(1))
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
