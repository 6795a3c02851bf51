import Foundation
import Glibc

/// Why files could not be changed or a lock not be taken.
public struct FilesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: Hashable, Sendable {
        /// Another holds the lock.
        case busy
        /// There is no such file or folder, or none above it.
        case missing
        /// The disk is full, or its user's share of it.
        case full
        /// Anything else that the system refuses.
        case refused
    }

    public let code: Code
    /// The file or folder.
    public let path: String
    /// What was tried: `cannot write`.
    public let action: String
    /// The system's own words: `No space left on device`.
    public let reason: String

    /// One line: `cannot write a/plan.json: No space left on device`.
    public var description: String { "\(action) \(path): \(reason)" }

    public init(_ code: Code, _ action: String, _ path: String, reason: String) {
        self.code = code
        self.action = action
        self.path = path
        self.reason = reason
    }

    /// The failure of a system call.
    ///
    /// - Parameter number: what the call left in `errno`.
    public init(_ action: String, _ path: String, errno number: Int32) {
        let code: Code =
            switch number {
            case ENOENT: .missing
            case ENOSPC, EDQUOT: .full
            default: .refused
            }
        self.init(code, action, path, reason: String(cString: strerror(number)))
    }

    /// A failure that Foundation tells, in the system's words where it knows them.
    public init(_ action: String, _ path: String, _ error: any Error) {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        if cause.domain == NSPOSIXErrorDomain {
            self.init(action, path, errno: Int32(cause.code))
        } else {
            self.init(.refused, action, path, reason: cause.localizedDescription)
        }
    }
}
