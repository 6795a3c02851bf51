public import Foundation
import Glibc

extension PlanDocument {
    /// The most bytes of a plan.json that is read: some 300,000 items.
    public static let longest = 256 << 20

    /// The bytes of a file, device or pipe that may be a plan.json.
    ///
    /// What does not begin as one is refused after its first bytes, and what does not end after
    /// `longest`.
    ///
    /// - Throws: `PlanDocumentError` where there is none, or no plan.json.
    public static func bytes(ofFile path: String) throws(PlanDocumentError) -> Data {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .notAPlan("it cannot be opened: \(reason())") }
        defer { close(file) }
        let start = Data("{\"digest\":\"".utf8)
        var bytes = Data()
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(file, &piece, piece.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .notAPlan("it cannot be read: \(reason())")
            }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: piece[..<count])
            guard bytes.prefix(start.count) == start.prefix(bytes.count) else {
                throw .notAPlan("it does not begin and end as a plan.json does")
            }
            guard bytes.count <= longest else {
                throw .notAPlan("it has more than \(longest) bytes")
            }
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
