/// Why the parts of a planning case do not make one.
public struct PlanningCaseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// Fewer than two SDCs, which no distribution can have, or more than it can count.
        public static let sdcCount = Code(name: "sdcCount")
        /// An SDC or an observation is there twice.
        public static let repeated = Code(name: "repeated")
        /// A pin or a prohibition names an SDC that is not there.
        public static let unknownSDC = Code(name: "unknownSDC")

        public static func ~= (code: Code, error: any Error) -> Bool {
            (error as? PlanningCaseError)?.code == code
        }
    }

    public let code: Code
    /// One line: `1 SDCs, expected 2 to 64`.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
