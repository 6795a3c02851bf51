/// Where a runner takes the connections of its pilots.
public enum PilotAddress: Hashable, Sendable, LosslessStringConvertible {
    /// A host's name or number, and a port; where a runner is to listen, 0 for any free one.
    case tcp(host: String, port: Int)
    /// Path of a socket (unix(7)), for pilots on the runner's own host.
    case unix(String)

    /// `tcp:HOST:PORT`, with a number of IPv6 in brackets, or `unix:PATH`.
    public init?(_ text: String) {
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "unix":
            guard rest.utf8.starts(with: "/".utf8), rest.utf8.last != UInt8(ascii: "/") else {
                return nil
            }
            self = .unix(String(rest))
        case "tcp":
            guard let colon = rest.lastIndex(of: ":") else { return nil }
            let digits = rest[rest.index(after: colon)...]
            var host = rest[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            guard !host.isEmpty, host.utf8.count < 256,
                !host.contains(where: { " []".contains($0) }),
                digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let port = Int(digits), (0...65_535).contains(port)
            else { return nil }
            self = .tcp(host: String(host), port: port)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .tcp(let host, let port) where host.contains(":"): "tcp:[\(host)]:\(port)"
        case .tcp(let host, let port): "tcp:\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

extension PilotAddress {
    /// Writes the file in which pilots look for their runner, whole, for its owner only.
    ///
    /// - Throws: `PayloadError` of code `file`.
    public func write(to path: String) throws(PayloadError) {
        try WholeFile.write(Array("\(self)\n".utf8), to: path, mode: 0o600)
    }

    /// What such a file says now.
    ///
    /// - Throws: `PayloadError` of code `file` where it cannot be read, of code `message` where it
    ///   says something else.
    public init(file path: String) throws(PayloadError) {
        let bytes = try Descriptor(path, Descriptor.reading).contents(limit: 1 << 13)
        let line = bytes.prefix { $0 != 0x0A }
        guard line.count < bytes.count,
            let address = PilotAddress(String(decoding: line, as: UTF8.self))
        else {
            throw PayloadError(
                .message,
                "\(path): found \(printable(line, limit: 60)), expected tcp:HOST:PORT or unix:PATH")
        }
        self = address
    }
}
