public import GroundSegment

/// Where the files of a run come from, in the words of W3C PROV (PROV-DM, 2013): entities are
/// files, activities payloads, agents the software that they run.
///
/// Identifiers may be any texts: they are written as names in the namespace.
public struct Provenance: Hashable, Sendable {
    /// A file.
    public struct Entity: Hashable, Sendable {
        public let id: String
        public let label: String
        /// SHA-256 in hexadecimal.
        public let digest: String?
        public let bytes: Int?
        /// Where it lies.
        public let location: String?

        public init(
            id: String, label: String, digest: String? = nil, bytes: Int? = nil,
            location: String? = nil
        ) {
            self.id = id
            self.label = label
            self.digest = digest
            self.bytes = bytes
            self.location = location
        }
    }

    /// A payload, by the attempt that counts.
    public struct Activity: Hashable, Sendable {
        public let id: String
        public let label: String
        public let start: MJD?
        public let end: MJD?
        /// What it read and wrote, by its ports.
        public let used: [PortEntity]
        public let made: [PortEntity]
        /// Identifiers of agents.
        public let agents: [String]
        /// What else is known of it: host, exit code.
        public let details: [String: String]

        public init(
            id: String, label: String, start: MJD? = nil, end: MJD? = nil,
            used: [PortEntity] = [], made: [PortEntity] = [], agents: [String] = [],
            details: [String: String] = [:]
        ) {
            self.id = id
            self.label = label
            self.start = start
            self.end = end
            self.used = used
            self.made = made
            self.agents = agents
            self.details = details
        }
    }

    /// An entity at a port.
    public struct PortEntity: Hashable, Sendable {
        /// Identifier of an entity.
        public let entity: String
        public let port: String

        public init(entity: String, port: String) {
            self.entity = entity
            self.port = port
        }
    }

    /// A release of software.
    public struct Agent: Hashable, Sendable {
        public let id: String
        public let label: String
        public let version: String?

        public init(id: String, label: String, version: String? = nil) {
            self.id = id
            self.label = label
            self.version = version
        }
    }

    /// A file made from another, by the lineage of the ports.
    public struct Derivation: Hashable, Sendable {
        /// Identifiers of entities.
        public let made: String
        public let from: String
        /// Identifier of an activity.
        public let activity: String?

        public init(made: String, from: String, activity: String? = nil) {
            self.made = made
            self.from = from
            self.activity = activity
        }
    }

    /// The beginning of all identifiers, a URI: `urn:sgs:run:17:`.
    public let namespace: String
    public var entities: [Entity] = []
    public var activities: [Activity] = []
    public var agents: [Agent] = []
    public var derivations: [Derivation] = []

    public init(namespace: String) {
        self.namespace = namespace
    }
}
