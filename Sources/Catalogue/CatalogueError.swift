public import GroundSegment
public import PostgreSQL
public import PostgreSQLServer

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
        /// Another distribution was published since the base that this one was made from.
        public static let stale = Code("stale", .stale)
        /// Nobody has approved the distribution, or it has not been checked.
        public static let notApproved = Code("notApproved", .failure)
        /// A comment, which is kept for good, was not given.
        public static let missingComment = Code("missingComment", .usage)
        /// Runners have taken orders of items that would move.
        public static let ordersRunning = Code("ordersRunning", .busy)
        /// The distribution contradicts itself or what is published.
        public static let invalidDistribution = Code("invalidDistribution", .badInput)
        /// No such survey, distribution, observation, tile, position or order.
        public static let unknownItem = Code("unknownItem", .unknownItem)
        /// There are several surveys and none was named.
        public static let ambiguousSurvey = Code("ambiguousSurvey", .usage)
        /// The state of the order or distribution does not allow what was asked, or the order is
        /// another SDC's.
        public static let illegalChange = Code("illegalChange", .failure)
        /// Another runner serves the SDC, or has taken it over.
        public static let runnerServes = Code("runnerServes", .busy)
        /// The database does not answer.
        public static let serviceMissing = Code("serviceMissing", .serviceMissing)
        /// A password was given where other users of the machine can read it.
        public static let passwordShown = Code("passwordShown", .usage)
        /// The catalogue holds something already.
        public static let notEmpty = Code("notEmpty", .failure)
        /// A file is no backup of a catalogue.
        public static let notABackup = Code("notABackup", .badInput)
        /// A file exists already, or cannot be written.
        public static let cannotWrite = Code("cannotWrite", .cannotWrite)

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
            case .lockNotAvailable, .queryCanceled: .busy
            default: .failure
            }
        }
    }
}

extension PostgreSQLServerError {
    /// The exit status of a command that ends with this error.
    public var exitStatus: ExitStatus {
        switch code {
        case .missing: .serviceMissing
        case .cannotWrite: .cannotWrite
        default: .failure
        }
    }
}
