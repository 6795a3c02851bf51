import GroundSegment

extension ReadyQueue {
    /// The head of a line beside those of other lines: what is less comes first.
    ///
    /// In this order: the share that is furthest behind, what is worth more, the place in line.
    struct Candidate: Comparable, Sendable {
        let place: Place
        let kind: Kind
        let standing: Double
        /// The score or the size; 0 where the rank decides.
        let worth: Double

        static func == (left: Candidate, right: Candidate) -> Bool {
            left.standing == right.standing && left.worth == right.worth
                && left.place == right.place
        }

        static func < (left: Candidate, right: Candidate) -> Bool {
            if left.standing != right.standing { return left.standing < right.standing }
            return left.worth != right.worth
                ? left.worth > right.worth : left.place < right.place
        }
    }
}
