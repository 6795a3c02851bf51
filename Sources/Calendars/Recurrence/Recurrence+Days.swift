extension Recurrence {
    /// What the rule says of days, with what it leaves to DTSTART (RFC 5545 section 3.3.10:
    /// "information missing from the rule").
    struct Days {
        let rule: RecurrenceRule
        private let months: [Int]
        private let monthDays: [Int]
        private let weekdays: Set<RecurrenceRule.Weekday>

        init(_ rule: RecurrenceRule, start: CivilDate) {
            self.rule = rule
            let isOpen =
                rule.weekdays.isEmpty && rule.monthDays.isEmpty && rule.yearDays.isEmpty
            let ownDay = RecurrenceRule.Weekday(day: start.weekday, ordinal: nil)
            let isByMonthDay =
                isOpen
                && (rule.frequency == .monthly
                    || rule.frequency == .yearly && rule.weekNumbers.isEmpty)
            let isByWeekday =
                isOpen
                && (rule.frequency == .weekly
                    || rule.frequency == .yearly && !rule.weekNumbers.isEmpty)
            monthDays = isByMonthDay ? [start.day] : rule.monthDays
            months =
                isByMonthDay && rule.frequency == .yearly && rule.months.isEmpty
                ? [start.month] : rule.months
            weekdays = isByWeekday ? [ownDay] : rule.weekdays
        }

        /// The days of a period, ascending. Of yearly rules with BYWEEKNO the period is the year
        /// that the weeks are counted in.
        func days(of period: Int) -> [Int] {
            candidates(period).flatMap { $0 }.filter { matches(CivilDate(number: $0)) }
        }

        /// Spans of days that hold all of a period's, ascending.
        private func candidates(_ period: Int) -> [Range<Int>] {
            switch rule.frequency {
            case .yearly where !rule.weekNumbers.isEmpty: return weeks(of: period)
            case .yearly where !months.isEmpty: return months.map { month($0, of: period) }
            case .yearly:
                let first = CivilDate.firstDay(ofMonth: 1, year: period)
                return [first..<first + CivilDate.days(ofYear: period)]
            case .monthly: return [month(period.modulo(12) + 1, of: period.floored(by: 12))]
            case .weekly:
                let first = period * 7 + rule.weekStart - 3
                return [first..<first + 7]
            default: return [period..<period + 1]
            }
        }

        private func month(_ month: Int, of year: Int) -> Range<Int> {
            let first = CivilDate.firstDay(ofMonth: month, year: year)
            return first..<first + CivilDate.days(ofMonth: month, year: year)
        }

        /// The weeks that BYWEEKNO names, also counted from the last.
        private func weeks(of year: Int) -> [Range<Int>] {
            let first = CivilDate.firstWeek(of: year, weekStart: rule.weekStart)
            let next = CivilDate.firstWeek(of: year + 1, weekStart: rule.weekStart)
            let count = (next - first) / 7
            let numbers = rule.weekNumbers.map { $0 > 0 ? $0 : count + 1 + $0 }
            return Set(numbers).filter { (1...count).contains($0) }.sorted()
                .map { first + ($0 - 1) * 7..<first + $0 * 7 }
        }

        /// Whether a day is one that all parts allow.
        func matches(_ date: CivilDate) -> Bool {
            if !months.isEmpty, !months.contains(date.month) { return false }
            if !monthDays.isEmpty {
                let length = CivilDate.days(ofMonth: date.month, year: date.year)
                guard monthDays.contains(date.day) || monthDays.contains(date.day - length - 1)
                else { return false }
            }
            if !rule.yearDays.isEmpty {
                let ordinal = date.ordinal
                let fromEnd = ordinal - CivilDate.days(ofYear: date.year) - 1
                guard rule.yearDays.contains(ordinal) || rule.yearDays.contains(fromEnd)
                else { return false }
            }
            return weekdays.isEmpty || isWeekday(date)
        }

        /// Whether BYDAY names the day: a number counts in the month where FREQ is MONTHLY or
        /// BYMONTH is there, else in the year.
        private func isWeekday(_ date: CivilDate) -> Bool {
            let isInMonth = rule.frequency == .monthly || !rule.months.isEmpty
            let ordinal = isInMonth ? date.day : date.ordinal
            let length =
                isInMonth
                ? CivilDate.days(ofMonth: date.month, year: date.year)
                : CivilDate.days(ofYear: date.year)
            return weekdays.contains { weekday in
                guard weekday.day == date.weekday else { return false }
                guard let number = weekday.ordinal else { return true }
                return number == (ordinal - 1) / 7 + 1 || number == -((length - ordinal) / 7 + 1)
            }
        }

        /// The period that holds a day, counted from a fixed one.
        func period(of day: Int) -> Int {
            switch rule.frequency {
            case .yearly:
                let date = CivilDate(number: day)
                return rule.weekNumbers.isEmpty
                    ? date.year : date.weekYear(weekStart: rule.weekStart)
            case .monthly:
                let date = CivilDate(number: day)
                return date.year * 12 + date.month - 1
            case .weekly: return (day + 3 - rule.weekStart).floored(by: 7)
            default: return day
            }
        }
    }
}
