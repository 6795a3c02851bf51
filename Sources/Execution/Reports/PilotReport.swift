import Markup

/// Pilots as a table.
public struct PilotReport: Sendable {
    private let pilots: [PilotFacts]
    private let now: Double

    /// - Parameter now: seconds since 1970-01-01 UTC.
    public init(_ pilots: [PilotFacts], at now: Double) {
        self.pilots = pilots
        self.now = now
    }

    public var text: String {
        guard !pilots.isEmpty else { return "no pilots" }
        return TextTable(
            [
                "PILOT", "CLASS", "STATE", "BATCH", "ID", "HOST", "SINCE", "CORES", "MEMORY",
                "PAYLOADS", "END", "REASON",
            ], rows: pilots.map(row)
        ).text
    }

    private func row(_ pilot: PilotFacts) -> [String] {
        func word(_ text: String) -> String { text.isEmpty ? "-" : text }
        var state = pilot.state
        if !pilot.isOver {
            if pilot.isDraining { state += ", drains" }
            if pilot.state == "RUNNING", !pilot.isConnected { state += ", cut off" }
        }
        return [
            pilot.pilot, word(pilot.kind), state, word(pilot.native), word(pilot.id),
            word(pilot.host), Self.duration(now - pilot.since),
            "\(pilot.coresUsed)/\(pilot.cores)", "\(pilot.memoryUsed)/\(pilot.memory)",
            "\(pilot.running)+\(pilot.payloads)",
            pilot.isOver ? "-" : pilot.end.map { Self.duration($0 - now) } ?? "-", pilot.reason,
        ]
    }

    /// `3d04h`, `2h05m`, `1m07s`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds > 0 else { return "0s" }
        let whole = Int(min(seconds, 1e12))
        func pair(_ large: Int, _ small: Int, _ words: (String, String)) -> String {
            "\(large)\(words.0)\(small < 10 ? "0" : "")\(small)\(words.1)"
        }
        return switch whole {
        case ..<60: "\(whole)s"
        case ..<3600: pair(whole / 60, whole % 60, ("m", "s"))
        case ..<86_400: pair(whole / 3600, whole % 3600 / 60, ("h", "m"))
        default: pair(whole / 86_400, whole % 86_400 / 3600, ("d", "h"))
        }
    }
}
