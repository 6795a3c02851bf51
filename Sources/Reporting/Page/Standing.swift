public import GroundSegment

extension Report {
    /// What has become of a plan since it was made, as far as it is known where the page is
    /// written.
    public struct Standing: Sendable, Hashable {
        /// Its state in the catalogue; `nil` where it is not there.
        public var state: DistributionState?
        /// The number of its revision; `nil` where it has none.
        public var revision: Int?
        /// Who approved it, when and why: `2026-11-02T09:00:00Z by anna: sample run`.
        public var approval: String?
        /// Who published it and when.
        public var publication: String?
        /// How it ended, where it is superseded or withdrawn and that is known.
        public var end: End?
        /// Name and version of the program that writes the page: `sgs 1.4.0`.
        public var software: String?

        public init(
            state: DistributionState? = nil, revision: Int? = nil, approval: String? = nil,
            publication: String? = nil, end: End? = nil, software: String? = nil
        ) {
            self.state = state
            self.revision = revision
            self.approval = approval
            self.publication = publication
            self.end = end
            self.software = software
        }

        /// When a plan ceased to count.
        public struct End: Sendable, Hashable {
            public let instant: MJD
            /// The revision that took its place; `nil` where none did.
            public let successor: Int?

            public init(instant: MJD, successor: Int? = nil) {
                self.instant = instant
                self.successor = successor
            }
        }

        /// `superseded by revision 4 on 2026-12-01`; `nil` where it counts or may come to count.
        var ended: String? {
            guard let state, state == .superseded || state == .withdrawn else { return nil }
            return state.rawValue + (end?.successor.map { " by revision \($0)" } ?? "")
                + (end.map { " on \($0.instant.date)" } ?? "")
        }

        /// `published, revision 3, 2026-11-02T09:10:00Z by anna`.
        var status: String {
            guard let state else { return "planned; approving and publishing come after this page" }
            let parts = [
                ended ?? state.rawValue, revision.map { "revision \($0)" }, publication,
            ]
            return parts.compactMap { $0 }.joined(separator: ", ")
        }
    }

    /// The best plan at hand when a search had done some of its steps.
    public struct SearchSample: Sendable, Hashable, Codable {
        public let steps: Int
        /// TB.
        public let cost: Double

        public init(steps: Int, cost: Double) {
            self.steps = steps
            self.cost = cost
        }
    }
}
