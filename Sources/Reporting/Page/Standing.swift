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
        /// Name and version of the program that writes the page: `sgs 1.4.0`.
        public var software: String?

        public init(
            state: DistributionState? = nil, revision: Int? = nil, approval: String? = nil,
            publication: String? = nil, software: String? = nil
        ) {
            self.state = state
            self.revision = revision
            self.approval = approval
            self.publication = publication
            self.software = software
        }

        /// `published, revision 3, 2026-11-02T09:10:00Z by anna`.
        var status: String {
            guard let state else { return "planned; approving and publishing come after this page" }
            let parts = [
                state.rawValue, revision.map { "revision \($0)" }, publication,
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
