public import Workflows

/// Payloads that a running payload asks for, and which of them wait for which.
///
/// They begin when its process has ended well; when all have ended it runs once more, as the
/// epilog. A child may ask for payloads itself.
public struct Subjobs: Hashable, Sendable, Codable {
    public var children: [Subjob]
    /// Order without data: `after` begins when `before` has completed.
    public var links: [Link]

    public struct Link: Hashable, Sendable, Codable {
        public let before: String
        public let after: String

        public init(before: String, after: String) {
            self.before = before
            self.after = after
        }
    }

    public init(children: [Subjob] = [], links: [Link] = []) {
        self.children = children
        self.links = links
    }

    /// Adds what the same attempt asks for later.
    mutating func add(_ more: Subjobs) {
        children += more.children
        links += more.links
    }
}

/// One payload that another asks for.
public struct Subjob: Hashable, Sendable, Codable {
    /// Letters, digits, `-` and `_`; unique among its siblings.
    public var name: String
    public var command: String
    public var arguments: [String]
    /// Where each of its input ports gets its file from.
    public var inputs: [String: Source]
    /// The suffix of each of its output ports' files.
    public var outputs: [String: String]
    /// Those of the payload that asks, where `nil`.
    public var resources: Workflows.Resources?

    /// A port of the payload that asks, or an output of a sibling.
    public struct Source: Hashable, Sendable, Codable {
        /// The sibling; the payload that asks, of which it is an input, where `nil`.
        public var child: String?
        public var port: String

        public init(child: String? = nil, port: String) {
            self.child = child
            self.port = port
        }
    }

    public init(
        name: String, command: String, arguments: [String] = [], inputs: [String: Source] = [:],
        outputs: [String: String] = [:], resources: Workflows.Resources? = nil
    ) {
        self.name = name
        self.command = command
        self.arguments = arguments
        self.inputs = inputs
        self.outputs = outputs
        self.resources = resources
    }
}
