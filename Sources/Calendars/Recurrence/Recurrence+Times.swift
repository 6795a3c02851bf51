extension Recurrence {
    /// What the rule says of the times of a day, with what it leaves to DTSTART.
    final class Times {
        /// Ascending, in seconds: the times of each day, or where the frequency is shorter than a
        /// day, those within each hour, minute or second.
        let clock: [Int]
        private let rule: RecurrenceRule
        /// Length of the frequency's period in seconds.
        private let unit: Int
        /// DTSTART in such units since 1970.
        private let first: Int
        /// The slots of days by the rest that the interval leaves.
        private var known: [Int: [Int]] = [:]

        init(_ rule: RecurrenceRule, start: CalendarTime) {
            self.rule = rule
            unit =
                switch rule.frequency {
                case .secondly: 1
                case .minutely: 60
                case .hourly: 3600
                default: 86400
                }
            first = start.wall.floored(by: unit)
            let ofDay = start.wall.modulo(86400)
            // With a date as DTSTART the parts of a time are not looked at (section 3.3.10).
            let isDate = start.isDate
            let hours = isDate || rule.hours.isEmpty ? [ofDay / 3600] : rule.hours
            let minutes = isDate || rule.minutes.isEmpty ? [ofDay / 60 % 60] : rule.minutes
            let seconds = isDate || rule.seconds.isEmpty ? [ofDay % 60] : rule.seconds
            let inMinute = rule.frequency > .secondly ? seconds : [0]
            let inHour =
                rule.frequency > .minutely
                ? minutes.flatMap { minute in inMinute.map { minute * 60 + $0 } } : inMinute
            clock =
                rule.frequency > .hourly
                ? hours.flatMap { hour in inHour.map { hour * 3600 + $0 } } : inHour
        }

        /// Where the hours, minutes or seconds of a day begin that the interval meets and the parts
        /// of the rule allow, in seconds of the day.
        func slots(of day: Int) -> [Int] {
            let perDay = 86400 / unit
            let rest = (first - day * perDay).modulo(rule.interval)
            if let slots = known[rest] { return slots }
            var slots: [Int] = []
            var slot = rest
            while slot < perDay {
                if isAllowed(slot * unit) { slots.append(slot * unit) }
                slot += rule.interval
            }
            // As many rests as the interval, and slots by its inverse: 86400 in all.
            if rule.interval <= perDay { known[rest] = slots }
            return slots
        }

        private func isAllowed(_ second: Int) -> Bool {
            (rule.hours.isEmpty || rule.hours.contains(second / 3600))
                && (rule.frequency == .hourly || rule.minutes.isEmpty
                    || rule.minutes.contains(second / 60 % 60))
                && (rule.frequency > .secondly || rule.seconds.isEmpty
                    || rule.seconds.contains(second % 60))
        }
    }
}
