import Testing

@testable import Calendars

@Suite("RecurrenceRule")
struct RecurrenceRuleTests {
    @Test(
        "what the standard forbids or does not know is refused",
        arguments: [
            "FREQ=DAILY;BYWEEKNO=20", "FREQ=MONTHLY;BYWEEKNO=1", "FREQ=DAILY;BYYEARDAY=1",
            "FREQ=WEEKLY;BYYEARDAY=1", "FREQ=MONTHLY;BYYEARDAY=1", "FREQ=WEEKLY;BYMONTHDAY=1",
            "FREQ=DAILY;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=-1MO", "FREQ=HOURLY;BYDAY=2MO",
            "FREQ=YEARLY;BYWEEKNO=10;BYDAY=1MO", "FREQ=MONTHLY;BYSETPOS=1", "FREQ=DAILY;BYDAY=0MO",
            "FREQ=YEARLY;BYDAY=54MO", "FREQ=DAILY;BYMONTHDAY=0", "FREQ=DAILY;BYMONTHDAY=32",
            "FREQ=YEARLY;BYWEEKNO=54", "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;BYSECOND=61",
            "FREQ=DAILY;BYHOUR=-1", "FREQ=DAILY;BYMONTH=O", "FREQ=DAILY;BYMONTH=5L",
            "FREQ=DAILY;BYMONTH=1,,2", "FREQ=DAILY;BYMONTH=", "FREQ=1e999", "FREQ=YEARY",
            "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=1e9", "FREQ=DAILY;INTERVAL=-1",
            "FREQ=DAILY;COUNT=9999999999", "FREQ=DAILY;COUNT=2;UNTIL=20270401",
            "FREQ=DAILY;SKIP=OMIT",
            "RSCALE=CHINESE;FREQ=DAILY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;WKST=XX", "FREQ", "",
            "FREQ=DAILY;UNTIL=20270230", "FREQ=DAILY;X-NAME=1", "FREQ=DAILY;BYEASTER=0",
        ])
    func refused(text: String) {
        #expect(throws: RecurrenceRule.Fault.self) { try RecurrenceRule(text) }
    }

    @Test("a refusal names the part and the cure")
    func named() {
        let error = #expect(throws: RecurrenceRule.Fault.self) {
            try RecurrenceRule("FREQ=DAILY;BYWEEKNO=20")
        }
        #expect(error?.found == "\"BYWEEKNO=20\" in \"FREQ=DAILY;BYWEEKNO=20\"")
        #expect(error?.expected == "it with FREQ=YEARLY only")
    }
}
