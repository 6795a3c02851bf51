public import GroundSegment
public import PostgreSQL

/// Why the catalogue cannot do what it was asked.
public struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public struct Code: Hashable, Sendable {
        /// The exit status of a command that ends with it.
        public let exitStatus: ExitStatus
        private let name: String

        private init(_ name: String, _ exitStatus: ExitStatus) {
            self.name = name
            self.exitStatus = exitStatus
        }

        /// The database holds no catalogue yet.
        public static let notMigrated = Code("notMigrated", .serviceMissing)
        /// The database was migrated by a newer release, or by another one of the same number.
        public static let otherSchema = Code("otherSchema", .failure)
        /// Another publication of the survey is running.
        public static let busy = Code("busy", .busy)
        /// The distribution contradicts itself or what is published.
        public static let invalidDistribution = Code("invalidDistribution", .badInput)
        /// No such survey, observation, tile, position or order.
        public static let unknownItem = Code("unknownItem", .unknownItem)
        /// There are several surveys and none was named.
        public static let ambiguousSurvey = Code("ambiguousSurvey", .usage)
        /// The order's state does not allow what was asked, or it is another SDC's.
        public static let illegalChange = Code("illegalChange", .failure)
        /// PostgreSQL is not installed, not running or has nobody to run as.
        public static let serviceMissing = Code("serviceMissing", .serviceMissing)
        /// A folder cannot be written to, or the disk is full.
        public static let cannotWrite = Code("cannotWrite", .cannotWrite)
        /// A program of PostgreSQL's failed.
        public static let serverFailed = Code("serverFailed", .failure)

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? CatalogueError)?.code == code
        }
    }

    public let code: Code
    /// One line: what is the matter and, where there is one, the cure.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}

extension PostgreSQLError {
    /// The exit status of a command that ends with this error.
    public var exitStatus: ExitStatus {
        switch code {
        case .connectionFailed, .connectionLost: .serviceMissing
        default:
            switch sqlState {
            case .diskFull: .cannotWrite
            case .lockNotAvailable: .busy
            default: .failure
            }
        }
    }
}
