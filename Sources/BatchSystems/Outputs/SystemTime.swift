import Glibc

/// Times as systems print them, in UTC, for commands run with `TZ=UTC`; seconds since 1970.
enum SystemTime {
    /// `2026-11-28T16:43:26`
    static func iso(_ text: String) -> Int? {
        let halves = text.split(separator: "T")
        guard halves.count == 2 else { return nil }
        let date = halves[0].split(separator: "-").map { Int32($0) }
        guard date.count == 3, let year = date[0], let month = date[1], let day = date[2] else {
            return nil
        }
        return seconds(year, month, day, clock: halves[1])
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sat Nov 28 16:43:25 2026`, as of ctime(3)
    static func ctime(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 5, let month = months.firstIndex(of: String(words[1])),
            let day = Int32(words[2]), let year = Int32(words[4])
        else { return nil }
        return seconds(year, Int32(month + 1), day, clock: words[3])
    }

    private static func seconds(
        _ year: Int32, _ month: Int32, _ day: Int32, clock: Substring
    ) -> Int? {
        let parts = clock.split(separator: ":").map { Int32($0) }
        guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        var time = tm()
        time.tm_year = year - 1900
        time.tm_mon = month - 1
        time.tm_mday = day
        time.tm_hour = hour
        time.tm_min = minute
        time.tm_sec = second
        return timegm(&time)
    }

    /// `336:00:00`, or seconds.
    static func duration(_ text: String) -> Int? {
        var seconds = 0
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            guard let number = Int(part), (0...1_000_000_000).contains(number) else { return nil }
            let (product, overflow) = seconds.multipliedReportingOverflow(by: 60)
            guard !overflow, product < 1 << 50 else { return nil }
            seconds = product + number
        }
        return seconds
    }
}
