import Commands
import Synchronization
import Testing

@Suite struct ServiceWatchdogTests {
    private final class Count: Sendable {
        let value = Mutex(0)
        var now: Int { value.withLock { $0 } }
    }

    private func made(
        _ environment: [String: String], _ count: Count = Count()
    ) -> ServiceWatchdog? {
        ServiceWatchdog(environment: environment, process: 17) {
            count.value.withLock { $0 += 1 }
        }
    }

    @Test("a service that turns often gives a sign four times in the time that it is given")
    func signs() throws {
        let count = Count()
        let watchdog = try #require(made(["WATCHDOG_USEC": "8000000"], count))
        #expect(watchdog.interval == .seconds(2))
        let start = ContinuousClock.now
        for step in 0..<80 { watchdog.turned(at: start + .milliseconds(100 * step)) }
        #expect(count.now == 4)
    }

    @Test("a service that does not turn gives no sign")
    func silence() throws {
        let count = Count()
        _ = try #require(made(["WATCHDOG_USEC": "1"], count))
        #expect(count.now == 0)
    }

    @Test(
        "nobody is told where no sign is waited for, or one of another process",
        arguments: [
            [:], ["WATCHDOG_USEC": "0"], ["WATCHDOG_USEC": "soon"], ["WATCHDOG_USEC": "-5"],
            ["WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "18"],
        ])
    func nobody(environment: [String: String]) {
        #expect(made(environment) == nil)
    }

    @Test("the process that is meant gives signs")
    func meant() {
        #expect(made(["WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "17"]) != nil)
    }
}
