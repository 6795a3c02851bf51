import Synchronization

/// Messages for one receiver, who takes all that have come at once.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State: Sendable {
        var messages: [Message] = []
        var receiver: CheckedContinuation<[Message], Never>?
    }

    private let state = Mutex(State())

    /// Leaves a message; never waits.
    func post(_ message: Message) {
        let waiting = state.withLock {
            state -> (CheckedContinuation<[Message], Never>, [Message])? in
            state.messages.append(message)
            guard let receiver = state.receiver else { return nil }
            state.receiver = nil
            defer { state.messages = [] }
            return (receiver, state.messages)
        }
        waiting?.0.resume(returning: waiting?.1 ?? [])
    }

    /// All messages that came since the last call, waiting for one where there is none.
    func next() async -> [Message] {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state -> [Message]? in
                guard state.messages.isEmpty else {
                    defer { state.messages = [] }
                    return state.messages
                }
                state.receiver = continuation
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}
