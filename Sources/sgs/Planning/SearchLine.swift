import Foundation
import GroundSegment
import Planning

/// How a search stands, in a line: the best so far and the time left before everything else.
struct SearchLine {
    let text: String
    /// What follows where there is room, the most important first.
    let parts: [String]

    /// - Parameter seconds: how long it has searched.
    init(_ progress: SearchProgress, after seconds: Double) {
        let share = Int(Double(progress.steps) / Double(max(1, progress.stepsAsked)) * 100)
        text = "search     \(share)%"
        parts =
            [
                String(format: "best %.2f TB", progress.cost.value),
                Self.left(progress.secondsLeft(after: seconds)),
            ]
            + (progress.gap.map { [String(format: "gap %.2f%%", $0 * 100)] } ?? [])
            + ["\(progress.copies) copies"]
            + (progress.bound.map { [String(format: "bound %.2f TB", $0.value)] } ?? [])
    }

    /// `42 s left`, `12 min left`.
    private static func left(_ seconds: Double) -> String {
        seconds < 120
            ? String(format: "%.0f s left", seconds)
            : String(format: "%.0f min left", seconds / 60)
    }
}
