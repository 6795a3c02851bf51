import Foundation
import Glibc
import Payloads
import Testing

@testable import Execution

/// The way on which a runner and its operators speak.
struct ControlSocketTests {
    @Test("an answer that was given before the socket closes has come when it is closed")
    func answers() async throws {
        let folder = try TestFolder()
        for id in 1...50 {
            let (given, isGiven) = AsyncStream.makeStream(of: Void.self)
            let socket = try ControlSocket(home: folder.path) { request, reply in
                reply(ControlAnswer(id: request.id, answer: CommandAnswer(.done, "done")))
                isGiven.yield()
            }
            socket.open { Issue.record("\($0)") }
            let home = try Descriptor(folder.path, O_RDONLY | O_DIRECTORY)
            let peer = try UnixSocket.connect(ControlSocket.name, in: home)
            let request = ControlRequest(id: id, request: "", by: "test", question: .end)
            try UnixSocket.send(Array(Document.data(request)) + [0x0A], to: peer)
            for await _ in given { break }
            socket.close()
            _ = fcntl(peer.number, F_SETFL, O_NONBLOCK)
            var buffer = LineBuffer()
            let line = try #require(try UnixSocket.line(from: peer, &buffer, most: 1 << 16))
            let answer: ControlAnswer = try Document.value(Data(line), "answer")
            #expect(answer.id == id && answer.answer?.isDone == true)
        }
    }
}
