import Foundation
import Glibc

/// An address of this machine that is told of notices, and answers with the statuses that it is
/// made with; with 204 when these have been used.
final class HookServer: Sendable {
    struct Request: Sendable {
        let head: String
        let body: Data

        var number: Int? {
            (try? JSONSerialization.jsonObject(with: body) as? [String: Any])?["number"] as? Int
        }

        var signature: String? {
            head.split(separator: "\r\n").first { $0.hasPrefix("X-SGS-Signature: ") }.map {
                String($0.dropFirst(17))
            }
        }
    }

    let port: Int
    /// What came, as it comes.
    let requests: AsyncStream<Request>
    private let listener: Int32

    /// - Parameter port: any that is free where 0.
    init(_ statuses: [Int] = [], port wanted: Int = 0) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(wanted).bigEndian
        var isReused: Int32 = 1
        setsockopt(
            listener, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileReadUnknown) }
        port = Int(UInt16(bigEndian: address.sin_port))
        let (requests, came) = AsyncStream.makeStream(of: Request.self)
        self.requests = requests
        Thread.detachNewThread {
            var statuses = statuses[...]
            while true {
                let peer = accept(listener, nil, nil)
                guard peer >= 0 else {
                    Glibc.close(listener)
                    return came.finish()
                }
                if let request = Self.read(peer) {
                    let answer =
                        "HTTP/1.1 \(statuses.popFirst() ?? 204) -\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    _ = answer.withCString {
                        send(peer, $0, strlen($0), Int32(MSG_NOSIGNAL))
                    }
                    came.yield(request)
                }
                Glibc.close(peer)
            }
        }
    }

    var url: String { "http://127.0.0.1:\(port)/in" }

    /// Takes nothing more.
    func end() { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func read(_ peer: Int32) -> Request? {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(peer, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            data += buffer.prefix(count)
            guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
            let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
            let body = data[end.upperBound...]
            if body.count >= length.flatMap({ Int($0.dropFirst(16)) }) ?? 0 {
                return Request(head: head, body: Data(body))
            }
        }
    }
}
