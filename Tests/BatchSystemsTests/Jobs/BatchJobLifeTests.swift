import Testing

@testable import BatchSystems

struct BatchJobLifeTests {
    private static let running = BatchJobStatus(.running, native: "R")
    private static let waiting = BatchJobStatus(.waiting, native: "PD")
    private static let completed = BatchJobStatus(.completed, native: "CD", exit: .code(0))

    /// In the queue or not, with a result or without.
    @Test(
        "the queue and the result decide together",
        arguments: [
            (waiting, false, BatchJobLife.Step.wait), (running, false, .wait),
            (BatchJobStatus(.held, native: "PD"), false, .wait),
            (BatchJobStatus(.suspended, native: "S"), false, .wait),
            (BatchJobStatus(.completing, native: "CG"), false, .wait),
            (BatchJobStatus(.unknown, native: "??"), false, .wait),
            (running, true, .end), (waiting, true, .end),
            (completed, true, .end), (nil, true, .end),
            (BatchJobStatus(.timedOut, native: "TO"), true, .end),
            (nil, false, .askAccounting), (completed, false, .askAccounting),
            (BatchJobStatus(.nodeFailed, native: "NF"), false, .askAccounting),
        ] as [(BatchJobStatus?, Bool, BatchJobLife.Step)])
    func decides(polled: BatchJobStatus?, hasResult: Bool, step: BatchJobLife.Step) {
        var life = BatchJobLife(fileDelay: .seconds(60))
        #expect(life.seen(polled, hasResult: hasResult, at: .seconds(5)) == step)
    }

    @Test(
        "what is lost is lost for the reason that the system gave last",
        arguments: [
            (BatchJobState.timedOut, BatchJobLoss.Cause.timedOut), (.preempted, .preempted),
            (.nodeFailed, .nodeFailed), (.cancelled, .cancelled), (.outOfMemory, .outOfMemory),
            (.completed, .noResult), (.failed, .noResult), (.running, .forgotten),
            (.waiting, .forgotten), (.unknown, .forgotten), (nil, .forgotten),
        ] as [(BatchJobState?, BatchJobLoss.Cause)])
    func losesForReason(state: BatchJobState?, cause: BatchJobLoss.Cause) {
        var life = BatchJobLife(fileDelay: .seconds(60))
        let status = state.map { BatchJobStatus($0, native: "XX", reason: "why") }
        #expect(life.seen(nil, hasResult: false, at: .seconds(100)) == .askAccounting)
        #expect(life.accounting(status) == .lookAgain(at: .seconds(160)))
        let step = life.seen(nil, hasResult: false, at: .seconds(160))
        #expect(step == .lose(BatchJobLoss(cause, status)))
        #expect(life.seen(Self.running, hasResult: true, at: .seconds(200)) == step)
    }

    @Test("a result that the disk shows late counts")
    func takesLateResult() {
        var life = BatchJobLife(fileDelay: .seconds(60))
        #expect(life.seen(Self.running, hasResult: false, at: .seconds(0)) == .wait)
        #expect(life.seen(nil, hasResult: false, at: .seconds(20)) == .askAccounting)
        #expect(life.accounting(Self.completed) == .lookAgain(at: .seconds(80)))
        #expect(life.seen(nil, hasResult: false, at: .seconds(40)) == .lookAgain(at: .seconds(80)))
        #expect(life.seen(nil, hasResult: true, at: .seconds(79)) == .end)
        #expect(life.state == .ended)
    }

    @Test("accounts that are written late are asked again")
    func asksAgain() {
        var life = BatchJobLife(fileDelay: .seconds(60))
        #expect(life.seen(nil, hasResult: false, at: .seconds(0)) == .askAccounting)
        #expect(life.accounting(nil) == .lookAgain(at: .seconds(60)))
        #expect(life.seen(nil, hasResult: false, at: .seconds(20)) == .askAccounting)
        #expect(life.accounting(Self.running) == .lookAgain(at: .seconds(60)))
        #expect(life.seen(nil, hasResult: false, at: .seconds(40)) == .askAccounting)
    }

    @Test("a job that comes back to the queue waits, and its time begins anew")
    func comesBack() {
        var life = BatchJobLife(fileDelay: .seconds(60))
        #expect(life.seen(nil, hasResult: false, at: .seconds(0)) == .askAccounting)
        #expect(life.seen(Self.waiting, hasResult: false, at: .seconds(59)) == .wait)
        #expect(life.state == .queued)
        #expect(life.seen(nil, hasResult: false, at: .seconds(100)) == .askAccounting)
        #expect(life.state == .missing(since: .seconds(100)))
        #expect(life.seen(nil, hasResult: false, at: .seconds(159)) == .askAccounting)
        let loss = BatchJobLoss(.forgotten, Self.waiting)
        #expect(life.seen(nil, hasResult: false, at: .seconds(160)) == .lose(loss))
    }

    @Test("an account that is behind does not undo what the queue has said")
    func keepsEnd() {
        var life = BatchJobLife(fileDelay: .seconds(60))
        let ended = BatchJobStatus(.nodeFailed, native: "NF")
        #expect(life.seen(ended, hasResult: false, at: .seconds(0)) == .askAccounting)
        _ = life.accounting(Self.running)
        #expect(life.status == ended)
    }
}
