import Documents
import GroundSegment

extension DocumentObject {
    /// An instant in ISO 8601.
    func time(_ key: String) -> MJD? {
        guard let text = word(key), let time = MJD(iso8601: text), TimeLimits.contains(time) else {
            fault(key, expected: "an ISO 8601 date of \(TimeLimits.years)")
            return nil
        }
        return time
    }
}
