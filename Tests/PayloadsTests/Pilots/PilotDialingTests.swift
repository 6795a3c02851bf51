import Testing

@testable import Payloads

@Suite struct PilotDialingTests {
    /// The pauses after failures in a row.
    private func pauses(_ count: Int, idle: Double, retries: Int, spread: Double = 0) -> [Double] {
        var dialing = PilotDialing(idle: idle, retries: retries, at: 100)
        var now = 100.0
        return (0..<count).compactMap { _ in
            guard dialing.apply(.tick, at: now) == .dial else { return nil }
            _ = dialing.apply(.lost, at: now, spread: spread)
            guard let due = dialing.due else { return nil }
            defer { now = due }
            return due - now
        }
    }

    @Test("pauses begin with a second and double up to the time that there is for all tries")
    func doubles() {
        #expect(pauses(7, idle: 600, retries: 40) == [1, 2, 4, 8, 15, 15, 15])
        #expect(pauses(4, idle: 6000, retries: 40) == [1, 2, 4, 8])
        #expect(pauses(5, idle: 30, retries: 10) == [1, 2, 3, 3, 3])
        #expect(pauses(3, idle: 2.5, retries: 10) == [0.25, 0.25, 0.25])
        #expect(pauses(2, idle: 0, retries: 1) == [0.0625, 0.0625])
        #expect(pauses(3, idle: 600, retries: 40, spread: 1) == [0.5, 1, 2])
    }

    @Test("a thousand failures end in no pause that is longer")
    func many() {
        #expect(pauses(1000, idle: 600, retries: 40).last == 15)
    }

    @Test("the first try is at once, and a runner that does not answer is given up")
    func patience() {
        var dialing = PilotDialing(idle: 600, retries: 40, at: 5)
        #expect(dialing.due == 5)
        #expect(dialing.apply(.tick, at: 5) == .dial)
        #expect(dialing.due == 15)
        #expect(dialing.apply(.tick, at: 14.9) == nil)
        #expect(dialing.apply(.tick, at: 15) == .hangUp)
        #expect(dialing.failures == 1)
        #expect(dialing.due == 16)
        #expect(dialing.apply(.tick, at: 15.9) == nil)
        #expect(dialing.apply(.tick, at: 16) == .dial)
    }

    @Test("a welcome ends the failures, and a loss is followed by a try after the first pause")
    func reconnects() {
        var dialing = PilotDialing(idle: 600, retries: 40, at: 0)
        for now in [0.0, 1, 3, 7] {
            #expect(dialing.apply(.tick, at: now) == .dial)
            #expect(dialing.apply(.lost, at: now) == nil)
        }
        #expect(dialing.failures == 4)
        #expect(dialing.apply(.tick, at: 15) == .dial)
        #expect(dialing.apply(.welcomed, at: 16) == nil)
        #expect(dialing.state == .connected)
        #expect(dialing.failures == 0)
        #expect(dialing.due == nil)
        #expect(dialing.apply(.tick, at: 1000) == nil)
        #expect(dialing.apply(.lost, at: 1000) == nil)
        #expect(dialing.state == .waiting(until: 1001))
        #expect(dialing.failures == 0)
    }

    @Test("what does not belong to a state changes nothing")
    func illegal() {
        var dialing = PilotDialing(idle: 600, retries: 40, at: 0)
        let before = dialing
        #expect(dialing.apply(.lost, at: 1) == nil)
        #expect(dialing.apply(.welcomed, at: 1) == nil)
        #expect(dialing == before)
    }
}
