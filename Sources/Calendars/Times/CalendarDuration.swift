/// A length of time (RFC 5545 section 3.3.6): weeks and days by the calendar, so that the clock
/// shows the same at both ends, and after them hours, minutes and seconds as they pass.
struct CalendarDuration: Equatable {
    /// By the wall's calendar.
    let days: Int
    /// Exact.
    let seconds: Int

    /// A hundred years in days, the longest that is read.
    static let longest = 36_525

    init(days: Int, seconds: Int) {
        self.days = days
        self.seconds = seconds
    }

    /// `P15DT5H0M20S`, `P7W`, `+PT1H30S`; `nil` where it is none, is below zero, or a number has
    /// more than nine digits.
    init?(_ text: String) {
        var rest = Array(text.uppercased().utf8)[...]
        if rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard rest.popFirst() == UInt8(ascii: "P") else { return nil }
        let halves = rest.split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
        guard halves.count <= 2, let date = halves.first else { return nil }
        if halves.count == 1, !date.isEmpty, let weeks = Self.counts(date, of: "W"),
            let count = weeks.first
        {
            self.init(days: 7 * count, seconds: 0)
            return
        }
        guard halves.count == 1 || halves[1].count > 0, halves.count == 2 || date.count > 0,
            let days = Self.counts(date, of: "D"),
            let clock = Self.counts(halves.count == 2 ? halves[1] : [], of: "HMS")
        else { return nil }
        self.init(days: days[0], seconds: clock[0] * 3600 + clock[1] * 60 + clock[2])
    }

    /// The numbers before each of some letters, in that order, 0 where one is not there; `nil`
    /// where there is anything else.
    private static func counts(_ bytes: ArraySlice<UInt8>, of letters: String) -> [Int]? {
        var rest = bytes
        var counts: [Int] = []
        for letter in letters.utf8 {
            let digits = rest.prefix { (48...57).contains($0) }
            guard !digits.isEmpty, rest.dropFirst(digits.count).first == letter else {
                counts.append(0)
                continue
            }
            guard digits.count <= 9, let count = Int(String(decoding: digits, as: UTF8.self))
            else { return nil }
            counts.append(count)
            rest = rest.dropFirst(digits.count + 1)
        }
        return rest.isEmpty ? counts : nil
    }

    var isPositive: Bool { days > 0 || seconds > 0 }
    var isTooLong: Bool { days + seconds / 86400 > Self.longest }

    /// Seconds since 1970 at which what begins at `start` ends.
    func end(from start: CalendarTime) -> Int {
        let date = days == 0 ? start : start.at(wall: start.wall + days * 86400)
        return date.posixSeconds + seconds
    }
}
