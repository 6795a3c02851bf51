import Testing

@testable import Payloads

@Suite struct AttemptLifeTests {
    private func running(walltime: Double = 100, grace: Double = 10) -> AttemptLife {
        var life = AttemptLife(
            limits: AttemptLimits(walltime: walltime, grace: grace), at: 1000)
        _ = life.apply(.started, at: 1000)
        return life
    }

    @Test("an attempt that ends by itself is swept and finished without a cause")
    func natural() {
        var life = running()
        #expect(life.due == 1100)
        #expect(life.apply(.exited, at: 1001) == .sweep)
        #expect(life.apply(.swept, at: 1001) == .finish)
        #expect(life.state == .ended)
        #expect(life.cause == nil)
        #expect(life.apply(.tick, at: 9999) == nil)
    }

    @Test("at the walltime comes TERM, after the grace KILL")
    func walltime() {
        var life = running()
        #expect(life.apply(.tick, at: 1099.9) == nil)
        #expect(life.apply(.tick, at: 1100) == .terminate)
        #expect(life.due == 1110)
        #expect(life.apply(.tick, at: 1109) == nil)
        #expect(life.apply(.tick, at: 1110) == .kill)
        #expect(life.apply(.exited, at: 1110) == .sweep)
        #expect(life.cause == .walltime)
    }

    @Test("a second cancel shortens the grace, and the first reason stays")
    func cancel() {
        var life = running()
        #expect(life.apply(.end(.cancelled, grace: nil), at: 1010) == .terminate)
        #expect(life.apply(.end(.agentEnded, grace: 1), at: 1011) == nil)
        #expect(life.due == 1012)
        #expect(life.apply(.kill(.memory), at: 1011) == .kill)
        #expect(life.cause == .cancelled)
    }

    @Test("what is killed is killed again until its main process has ended")
    func killing() {
        var life = running()
        #expect(life.apply(.kill(.memory), at: 1010) == .kill)
        #expect(life.apply(.tick, at: 1010.05) == .kill)
        #expect(life.apply(.exited, at: 1010.06) == .sweep)
        #expect(life.cause == .memory)
    }

    @Test("a busy program is tried again for ten seconds")
    func busy() {
        var life = AttemptLife(limits: AttemptLimits(walltime: 1), at: 0)
        #expect(life.apply(.busy, at: 0) == nil)
        #expect(life.apply(.tick, at: 0.04) == nil)
        #expect(life.apply(.tick, at: 0.05) == .start)
        #expect(life.apply(.busy, at: 10) == .giveUp)
        #expect(life.apply(.notStarted, at: 10) == .finish)
    }

    @Test("what is cancelled before its start is finished at once")
    func cancelledEarly() {
        var life = AttemptLife(limits: AttemptLimits(walltime: 1), at: 0)
        #expect(life.apply(.end(.cancelled, grace: 10), at: 0) == .finish)
        #expect(life.cause == .cancelled)
    }

    @Test("what cannot be killed holds the result for half a minute")
    func unkillable() {
        var life = running()
        _ = life.apply(.exited, at: 1010)
        #expect(life.apply(.tick, at: 1010.001) == .sweep)
        #expect(life.apply(.tick, at: 1010.0015) == nil)
        #expect(life.apply(.tick, at: 1010.003) == .sweep)
        #expect(life.apply(.tick, at: 1040) == .finish)
    }
}
