import BatchSystems
import Payloads
import Testing

@testable import Execution

@Suite struct PilotLifeTests {
    private static let waiting = BatchJobStatus(.waiting, native: "PD", reason: "Resources")
    private static let running = BatchJobStatus(.running, native: "R")

    private static func life() -> PilotLife { PilotLife(fileDelay: .seconds(60)) }

    @Test(
        "what the batch system says of one in its queue is its state",
        arguments: [
            (BatchJobState.waiting, PilotLife.State.waiting), (.held, .waiting),
            (.running, .running), (.suspended, .running), (.completing, .running),
            (.unknown, .unknown),
        ])
    func queued(_ said: BatchJobState, _ expected: PilotLife.State) {
        var life = Self.life()
        #expect(life.state == .submitted)
        #expect(life.seen(BatchJobStatus(said, native: "X"), nil, at: .zero) == .wait)
        #expect(life.state == expected)
        #expect(life.status?.native == "X")
    }

    @Test(
        "what it leaves at its end says how it ended, with and without payloads",
        arguments: [
            (PilotEnd.Reason.idle, PilotLife.State.doneEmpty, PilotLife.State.done),
            (.drain, .doneEmpty, .done), (.walltime, .doneEmpty, .done),
            (.runner, .doneEmpty, .done), (.version, .failed, .failed),
            (.unreachable, .failed, .done),
        ])
    func ends(_ reason: PilotEnd.Reason, _ empty: PilotLife.State, _ worked: PilotLife.State) {
        for (payloads, state) in [(0, empty), (3, worked)] {
            var life = Self.life()
            _ = life.seen(Self.running, nil, at: .zero)
            // The system may still have it in its queue.
            let step = life.seen(Self.running, PilotEnd(reason, payloads: payloads), at: .zero)
            #expect(step == .end)
            #expect(life.state == state)
            #expect(life.payloads == payloads)
            #expect(!life.reason.isEmpty)
            #expect(life.isDiscouraging == (payloads == 0))
        }
    }

    @Test(
        "one that left nothing ended as the batch system says, its walltime in good order",
        arguments: [
            (BatchJobState.timedOut, PilotLife.State.doneEmpty, PilotLife.State.done),
            (.completed, .failed, .done), (.cancelled, .deleted, .deleted),
            (.preempted, .aborted, .aborted), (.nodeFailed, .aborted, .aborted),
            (.outOfMemory, .aborted, .aborted), (.failed, .failed, .failed),
        ])
    func killed(_ said: BatchJobState, _ empty: PilotLife.State, _ worked: PilotLife.State) {
        for (payloads, state) in [(0, empty), (2, worked)] {
            var life = Self.life()
            for _ in 0..<payloads { life.count() }
            let status = BatchJobStatus(said, native: "TO", reason: "TimeLimit")
            #expect(life.seen(status, nil, at: .seconds(10)) == .askAccounting)
            #expect(life.state == .unknown)
            #expect(life.seen(nil, nil, at: .seconds(69)) == .wait)
            #expect(life.seen(nil, nil, at: .seconds(70)) == .end)
            #expect(life.state == state)
            #expect(life.reason.hasSuffix(": TO, TimeLimit"))
        }
    }

    @Test("one that nobody tells of is unknown, then over as far as accounting knows")
    func forgotten() {
        var life = Self.life()
        _ = life.seen(Self.waiting, nil, at: .zero)
        #expect(life.seen(nil, nil, at: .seconds(20)) == .askAccounting)
        #expect(life.state == .unknown)
        life.accounting(nil)
        #expect(life.seen(nil, nil, at: .seconds(40)) == .askAccounting)
        life.accounting(BatchJobStatus(.nodeFailed, native: "NODE_FAIL"))
        #expect(life.seen(nil, nil, at: .seconds(60)) == .wait)
        #expect(life.seen(nil, nil, at: .seconds(80)) == .end)
        #expect(life.state == .aborted)
        #expect(life.reason == "its node failed: NODE_FAIL")

        var other = Self.life()
        _ = other.seen(nil, nil, at: .zero)
        _ = other.seen(nil, nil, at: .seconds(60))
        #expect(other.state == .aborted)
        #expect(other.reason == "the batch system does not know it any more")
    }

    @Test("its connection says that it lives, whatever the batch system has forgotten")
    func connected() {
        var life = Self.life()
        life.connect()
        #expect(life.state == .running)
        for second in [0, 100, 1000] {
            #expect(life.seen(nil, nil, at: .seconds(second)) == .wait)
        }
        #expect(life.state == .running)
        life.disconnect()
        #expect(life.seen(nil, nil, at: .seconds(2000)) == .askAccounting)
        #expect(life.state == .unknown)
        // It dials again.
        life.connect()
        #expect(life.seen(nil, nil, at: .seconds(9000)) == .wait)
        life.disconnect()
        #expect(life.seen(nil, nil, at: .seconds(9001)) == .askAccounting)
        #expect(life.seen(nil, nil, at: .seconds(9061)) == .end)
        #expect(life.state == .failed)
    }

    @Test("one that the system shows again is not missing any more")
    func back() {
        var life = Self.life()
        _ = life.seen(nil, nil, at: .zero)
        #expect(life.seen(Self.running, nil, at: .seconds(50)) == .wait)
        #expect(life.state == .running)
        #expect(life.seen(nil, nil, at: .seconds(70)) == .askAccounting)
        #expect(life.seen(nil, nil, at: .seconds(129)) == .askAccounting)
        #expect(life.seen(nil, nil, at: .seconds(130)) == .end)
    }

    @Test("what is over stays as it ended")
    func final() {
        for state in PilotLife.State.allCases where state.isFinal {
            let ended = PilotLife(
                state: state, payloads: 1, hasConnected: true, reason: "r", fileDelay: .zero)
            var life = ended
            #expect(life.seen(Self.running, nil, at: .zero) == .end)
            #expect(life.seen(nil, PilotEnd(.idle, payloads: 9), at: .seconds(1)) == .end)
            life.connect()
            life.accounting(Self.running)
            life.refuse("no")
            #expect(life.state == state)
            #expect(life.reason == "r")
            #expect(!life.isConnected)
        }
    }

    @Test("one that the system does not take is aborted")
    func refused() {
        var life = Self.life()
        life.refuse("no such account")
        #expect(life.state == .aborted)
        #expect(life.reason == "no such account")
        #expect(life.isDiscouraging)
    }

    @Test(
        "whatever is seen in whatever order, it ends once and has then a reason", arguments: 1...20)
    func random(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<200 {
            var life = PilotLife(fileDelay: .seconds(numbers.next() % 100))
            var now = Duration.zero
            var ended: PilotLife.State?
            for _ in 0..<30 {
                now += .seconds(numbers.next() % 40)
                switch numbers.next() % 8 {
                case 0: life.connect()
                case 1: life.disconnect()
                case 2: life.count()
                case 3:
                    let states = BatchJobState.allCases
                    let state = states[Int(numbers.next() % UInt64(states.count))]
                    life.accounting(BatchJobStatus(state, native: "A"))
                case 4:
                    _ = life.seen(
                        Self.running, PilotEnd(.idle, payloads: Int(numbers.next() % 3)), at: now)
                case 5: _ = life.seen(nil, nil, at: now)
                default:
                    let states = BatchJobState.allCases
                    let state = states[Int(numbers.next() % UInt64(states.count))]
                    let step = life.seen(BatchJobStatus(state, native: "S"), nil, at: now)
                    #expect((step == .end) == life.state.isFinal)
                }
                if let ended { #expect(life.state == ended) }
                if life.state.isFinal {
                    ended = life.state
                    #expect(!life.reason.isEmpty)
                    #expect(!life.isConnected)
                } else {
                    #expect(!life.isConnected || life.state == .running)
                }
            }
        }
    }
}
