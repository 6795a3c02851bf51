import Foundation
import Glibc

/// What a service tells the service manager that started it (sd_notify(3)): a datagram to the
/// socket that NOTIFY_SOCKET names.
public enum ServiceNotice: String, Sendable {
    /// It takes work from now on.
    case ready = "READY=1"
    /// It takes no more and ends.
    case stopping = "STOPPING=1"
    /// It is alive; see `ServiceWatchdog`.
    case alive = "WATCHDOG=1"

    /// Tells it where there is one to tell.
    public func send() {
        guard let name = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"], name.count > 1
        else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        // A name that begins with @ is in the abstract name space (unix(7)).
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let length = MemoryLayout<sa_family_t>.size + bytes.count
        let text = Array(rawValue.utf8)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.count, 0, $0, socklen_t(length))
            }
        }
    }
}
