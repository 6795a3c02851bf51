import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Server-sent events (WHATWG HTML section 9.2).
public enum ServerSentEvents {
    public static let mediaType = "text/event-stream"

    /// One event.
    ///
    /// - `id`: a follower that comes back says the last that it has seen.
    /// - `data`: a line.
    public static func event(id: Int, kind: String, data: String) -> String {
        "id: \(id)\nevent: \(kind)\ndata: \(data)\n\n"
    }

    /// The number of the last event that a follower that comes back has seen.
    public static func lastID<State>(_ request: RouteRequest<State>) -> Int? {
        request.request.headers[lastEventID].flatMap { Int($0) }
    }

    /// An answer that goes on until its client leaves or the service stops: a comment, what
    /// `events` gives at first, and what it gives for each state; a comment where that is nothing,
    /// so that a client that is gone is noticed.
    ///
    /// - `greeting`: the first comment.
    /// - `states`: as `StateBoard.follow` gives them.
    /// - `events`: the events of what is new in a state; called in order, from one task.
    public static func answer<State: Sendable>(
        greeting: String, from state: State, states: AsyncStream<State>,
        events: @escaping @Sendable () -> (State) -> String
    ) -> Answer {
        let body = ResponseBody { writer in
            let told = events()
            try await writer.write(
                ByteBuffer(string: ": \(greeting)\n\n" + told(state)))
            for await state in states.cancelOnGracefulShutdown() {
                let text = told(state)
                try await writer.write(ByteBuffer(string: text.isEmpty ? ":\n\n" : text))
            }
            try await writer.finish(nil)
        }
        return Answer(content: .stream(body, mediaType: mediaType), caching: .never)
    }

    private static let lastEventID = HTTPField.Name(checked: "Last-Event-ID")
}
