import Execution
import Foundation
import Hummingbird
import NIOCore
import WebService

extension Interface {
    /// What payloads say: whole, and as they say it.
    var logRoutes: [Route<ServedRunner>] {
        let stream = Parameter.query(
            "stream", .choice(["stdout", "stderr"]), "Which one (default: stdout).")
        return [
            Route(
                "/v1/runs/{run}/jobs/{path}/log",
                "What a payload has said; a log of any size, sent as fast as it is taken.",
                [Self.run, Self.job, stream], result: .document(mediaType: Self.plain),
                problems: Self.missing
            ) { request in
                try await Self.reporting {
                    let path = try await Self.log(request).path
                    return Answer(
                        content: .stream(LogBody.whole(path), mediaType: Self.plain),
                        caching: .never)
                }
            },
            Route(
                "/v1/runs/{run}/jobs/{path}/log/events",
                "Server-sent events: `text` with each part that a payload says, as a JSON text, "
                    + "and `end` when it has ended.",
                [Self.run, Self.job, stream],
                result: .document(mediaType: ServerSentEvents.mediaType), problems: Self.missing
            ) { request in
                try await Self.reporting {
                    _ = try await Self.log(request)
                    return Answer(
                        content: .stream(
                            LogBody.followed { try await Self.log(request) },
                            mediaType: ServerSentEvents.mediaType), caching: .never)
                }
            },
        ]
    }

    private static let plain = "text/plain; charset=utf-8"

    /// The path of a log, and whether nothing more comes.
    private static func log(_ request: Request) async throws -> (path: String, hasEnded: Bool) {
        let logs = try await request.state.book.logs(
            request.required("path"), of: request.required("run"))
        return (
            request.text("stream") == "stderr" ? logs.error : logs.output, logs.hasEnded
        )
    }
}

/// The text of a log as it is sent: control characters but for line feeds and tabulators are
/// question marks, what is no UTF-8 is replaced.
enum LogBody {
    /// How often it is looked whether more was said.
    private static let interval = Duration.milliseconds(200)

    /// As much as there is now; what is not taken is not read.
    static func whole(_ path: String) -> ResponseBody {
        ResponseBody { writer in
            var log = LogReader(path: path)
            while let data = log.next() {
                try await writer.write(ByteBuffer(bytes: LogReader.shown(data)))
            }
            try await writer.finish(nil)
        }
    }

    /// What there is, the end of it where it is much, and what comes, until the payload has ended.
    static func followed(
        _ log: @escaping @Sendable () async throws -> (path: String, hasEnded: Bool)
    ) -> ResponseBody {
        ResponseBody { writer in
            var reader: LogReader?
            var looks = 0
            while !Task.isCancelled {
                // Looked at before the rest is read, so that nothing is missed.
                let (path, hasEnded) = try await log()
                if reader == nil { reader = LogReader(path: path, last: 64 << 10) }
                while let data = reader?.next() {
                    try await writer.write(ByteBuffer(string: event(data)))
                    looks = 0
                }
                if hasEnded {
                    try await writer.write(ByteBuffer(string: "event: end\ndata: end\n\n"))
                    break
                }
                looks += 1
                // A client that is gone is noticed by what it does not take.
                if looks % 50 == 0 { try await writer.write(ByteBuffer(string: ":\n\n")) }
                try await Task.sleep(for: interval)
            }
            try await writer.finish(nil)
        }
    }

    private static func event(_ data: Data) -> String {
        let text = String(decoding: LogReader.shown(data), as: UTF8.self)
        let encoded = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) }
        return "event: text\ndata: \(encoded ?? "\"\"")\n\n"
    }
}
