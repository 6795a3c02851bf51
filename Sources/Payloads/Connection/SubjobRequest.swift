import Glibc

/// What a process inside an attempt asks of the attempt's runner, by way of its agent.
public enum SubjobRequest {
    /// Sends a text from inside an attempt: SGS_AGENT, SGS_ATTEMPT and SGS_TOKEN in the environment
    /// say to which agent and from which attempt.
    ///
    /// When this returns, the request is kept and will reach the runner.
    ///
    /// - Throws: `PayloadError` of code `connection` where there is no agent, of code `message`
    ///   where it does not take the text.
    public static func send(_ text: String) throws(PayloadError) {
        guard let path = variable("SGS_AGENT"), let id = variable("SGS_ATTEMPT"),
            let token = variable("SGS_TOKEN").flatMap({ UInt64($0) }),
            let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        else {
            throw PayloadError(
                .connection, "SGS_AGENT, SGS_ATTEMPT and SGS_TOKEN are not those of an attempt")
        }
        let folder = try Descriptor(String(path[..<end]), O_RDONLY | O_DIRECTORY)
        let socket = try UnixSocket.connect(String(path[end...].dropFirst()), in: folder)
        var writer = JSONWriter()
        writer.object {
            $0.field("id", id)
            $0.field("token", token)
            $0.field("text", text)
        }
        signal(SIGPIPE, SIG_IGN)
        if let number = socket.write(writer.bytes + [0x0A]) {
            throw PayloadError(.connection, "the agent is gone", errno: number)
        }
        var buffer = LineBuffer()
        buffer.append(socket.contents(limit: 1 << 16))
        guard let line = buffer.next() else {
            throw PayloadError(.connection, "the agent has not answered")
        }
        let answer = try JSONFields(try JSONReader.value(of: line), "answer")
        guard try answer.text("say") == "accepted" else {
            throw PayloadError(.message, try answer.text("reason"))
        }
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
