import GroundSegment
import WebService

/// A line of the access log, in the combined format that log readers know (Apache HTTP Server,
/// mod_log_config), with the seconds that the answer took behind it.
struct AccessLine {
    let answered: AnsweredRequest
    let at: MJD

    init(answered: AnsweredRequest, at instant: MJD) {
        self.answered = answered
        at = instant
    }

    var text: String {
        let seconds =
            Double(answered.duration.components.seconds)
            + Double(answered.duration.components.attoseconds) * 1e-18
        let line = "\(answered.method) \(answered.target) HTTP/1.1"
        return "\(answered.client ?? "-") - - [\(Self.time(at))] \"\(Self.escaped(line))\" "
            + "\(answered.status) \(answered.bytes.map { "\($0)" } ?? "-") "
            + "\"\(Self.escaped(answered.referrer ?? "-"))\" "
            + "\"\(Self.escaped(answered.userAgent ?? "-"))\" "
            + "\((seconds * 1e6).rounded() / 1e6)"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `04/Jan/2027:12:00:00 +0000`.
    private static func time(_ instant: MJD) -> String {
        let text = instant.iso8601
        let parts = text.split { "-T".contains($0) }
        guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1) else {
            return text
        }
        return "\(parts[2])/\(months[month - 1])/\(parts[0]):\(parts[3].dropLast()) +0000"
    }

    /// Nothing that a client sends ends the line or a quoted part of it.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(2000) {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                result += "\\x" + String(scalar.value + 0x100, radix: 16).suffix(2)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
