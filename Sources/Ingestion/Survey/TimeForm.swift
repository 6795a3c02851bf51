import Documents
import GroundSegment

/// How the texts of a column of times are read.
struct TimeForm: Hashable {
    var format = Format.any
    var scale = TimeScale.utc
    /// What says so, as `sgs check` tells it.
    var reason = "by default"

    /// The forms of times, by astropy's names for them.
    enum Format: String, Hashable, CaseIterable {
        /// MJD where it is a number, else ISO 8601.
        case any
        case mjd, jd, iso, isot, fits
        /// Seconds of UTC since 1970-01-01, leap seconds not counted.
        case unix
        /// Seconds of TAI since 1970-01-01T00:00:00 TAI.
        case unixTAI = "unix_tai"
        /// Seconds of TAI since 1980-01-06T00:00:00 UTC, which is 00:00:19 TAI.
        case gps
        /// Two parts of a Julian Date, joined by a space.
        case julianPair = "jd1_jd2"

        /// The scale that the form itself means, whatever else is said.
        var ownScale: TimeScale? {
            switch self {
            case .unix: .utc
            case .unixTAI, .gps: .tai
            default: nil
            }
        }
    }

    /// The MJD of a Julian Date's epoch.
    private static let julianOffset = 2_400_000.5

    /// The instant that `text` means; `nil` where it means none.
    func instant(_ text: String) -> MJD? {
        days(text).flatMap { MJD($0, on: scale) }
    }

    /// What would have been read.
    var expected: String {
        let form =
            switch format {
            case .any: "ISO 8601 or MJD"
            case .mjd: "an MJD"
            case .jd, .julianPair: "a Julian Date"
            case .iso, .isot, .fits: "ISO 8601"
            case .unix, .unixTAI, .gps: "a number of seconds"
            }
        return scale == .utc || format.ownScale != nil
            ? form : form + " of \(scale.name), without a zone, from 1972 on"
    }

    /// The MJD on the form's scale.
    private func days(_ text: String) -> Double? {
        switch format {
        case .any: PlainText.decimal(text) ?? date(text)
        case .mjd: PlainText.decimal(text)
        case .jd: PlainText.decimal(text).map { $0 - Self.julianOffset }
        case .iso, .isot, .fits: date(text)
        case .unix: PlainText.decimal(text).map { MJD(posixSeconds: $0).days }
        case .unixTAI: PlainText.decimal(text).map { 40587 + $0 / 86400 }
        case .gps: PlainText.decimal(text).map { 44244 + ($0 + 19) / 86400 }
        case .julianPair: pair(text)
        }
    }

    /// A date and time; a zone says UTC, which TAI and TT are not.
    private func date(_ text: String) -> Double? {
        if scale != .utc, text.utf8.last == UInt8(ascii: "Z") || hasOffset(text) { return nil }
        return MJD(iso8601: text)?.days
    }

    private func hasOffset(_ text: String) -> Bool {
        text.utf8.dropFirst("2027-01-04".utf8.count).contains {
            $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
        }
    }

    private func pair(_ text: String) -> Double? {
        let parts = text.split(separator: " ").map { PlainText.decimal($0) }
        guard parts.count == 2, let first = parts[0], let second = parts[1] else { return nil }
        return (first - Self.julianOffset) + second
    }
}

extension TimeScale {
    /// As texts have it: `UTC`.
    var name: String { rawValue.uppercased() }

    /// The scale of a FITS 4.0 name (table 30) in any case, synonyms included.
    init?(name: String) {
        switch name.uppercased() {
        case "UTC": self = .utc
        case "TAI", "IAT": self = .tai
        case "TT", "TDT", "ET": self = .tt
        default: return nil
        }
    }
}
