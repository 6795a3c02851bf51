import Markup

/// The tags of a run and of its payloads.
public struct TagList: Hashable, Sendable, Encodable {
    public struct Row: Hashable, Sendable, Encodable {
        /// Path of the payload; `nil` for the run's own.
        @OrNull public internal(set) var payload: String?
        public let name: String
        public let value: String
    }

    public let run: String
    public let tags: [Row]

    /// - Parameter facts: read whole.
    public init(_ facts: RunFacts) {
        run = facts.run.id.text
        tags = facts.tags.map { tag in
            let number = tag.payload.flatMap { facts.life.contains($0) ? $0 : nil }
            return Row(payload: number.map(facts.life.path), name: tag.name, value: tag.value)
        }
    }

    public var text: String {
        var table = TextTable("PAYLOAD", "NAME", "VALUE")
        for tag in tags { table.add(tag.payload ?? "", tag.name, tag.value) }
        return table.text
    }
}
