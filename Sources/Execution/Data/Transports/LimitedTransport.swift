import Foundation

/// A transport of which only so many transfers go on at once; the others wait for their turn.
final class LimitedTransport: StorageTransport {
    private let transport: any StorageTransport
    private let places: DispatchSemaphore

    init(_ transport: any StorageTransport, atOnce: Int) {
        self.transport = transport
        places = DispatchSemaphore(value: max(1, atOnce))
    }

    func fetch(_ file: String, to path: String) throws {
        places.wait()
        defer { places.signal() }
        try transport.fetch(file, to: path)
    }

    func send(_ path: String, to file: String, expecting digest: FileDigest) throws {
        places.wait()
        defer { places.signal() }
        try transport.send(path, to: file, expecting: digest)
    }
}
