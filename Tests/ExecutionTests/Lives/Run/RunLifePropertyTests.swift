import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

/// Random events on random graphs. Beside what `DrivenLife` checks after each: states change only
/// as they may, the line that follows the actions is the one that the states say, nothing runs
/// before what it needs, and every run can be brought to an end.
@Suite struct RunLifePropertyTests {
    @Test(arguments: 0..<(isFull ? 1500 : 60))
    func `whatever happens, a run is consistent and comes to an end`(seed: UInt64) throws {
        var graphs = RandomGraph(seed: seed)
        var random = RandomRun(DrivenLife(graphs.graph()), seed: seed &+ 1_000_000)
        for _ in 0..<150 { try random.step() }
        try random.bringToEnd()
    }
}

/// A run to which things happen by chance.
struct RandomRun {
    private(set) var run: DrivenLife
    private var numbers: SeededNumbers
    private var line: Set<Int> = []

    init(_ run: DrivenLife, seed: UInt64) {
        self.run = run
        numbers = SeededNumbers(seed: seed)
    }

    mutating func step() throws {
        let event = event()
        let before = run.life
        do {
            let actions = try run.apply(event)
            follow(event, actions)
        } catch let error as ExecutionError {
            #expect(error.code == .illegalTransition)
            #expect(run.life.lives == before.lives && run.life.record == before.record)
            #expect(run.life.count == before.count)
            try run.check()
        }
        try check(event, before)
    }

    private mutating func follow(_ event: RunEvent, _ actions: [RunAction]) {
        switch event {
        case .assigned(let number, _), .refused(let number, _): line.remove(number)
        default: break
        }
        for action in actions {
            switch action {
            case .queue(let number): line.insert(number)
            case .dequeue(let number): line.remove(number)
            default: break
            }
        }
    }

    private func check(_ event: RunEvent, _ before: RunLife) throws {
        let life = run.life
        for number in before.lives.indices {
            let (old, new) = (before[number].state, life[number].state)
            try #require(old == new || old.mayLead(to: new), "\(event) \(life.path(number))")
            try #require(before[number].attempts <= life[number].attempts)
        }
        let counted = life.counted().indicesOfTrue
        let waiting = Set(counted.filter(life.isWaiting))
        try #require(line == (life.state == .executing ? waiting : []), "\(event)")
        for number in counted {
            let state = life[number].state
            if life.phase.isFinal { try #require(state.isFinal, "\(life.path(number))") }
            if [.ready, .assigned, .running, .standBy].contains(state),
                let container = life.container(of: number)
            {
                try #require([.running, .standBy].contains(life[container].state))
            }
            if state == .standBy || state == .running && !life.isProcess(number) {
                try #require(!life.parts(of: number).allSatisfy { life[$0].state.isFinal })
            }
            if [.ready, .assigned, .running, .standBy].contains(state),
                life.node(number).trigger == .allSucceeded, number != life.finalNumber
            {
                try #require(life.slots[number].badParents == 0, "\(life.path(number))")
                try #require(life.slots[number].waits == 0, "\(life.path(number))")
            }
        }
    }

    /// Mostly what may happen to a payload, sometimes what may not, now and then an operator.
    private mutating func event() -> RunEvent {
        let life = run.life
        if life.phase == .pending, numbers.oneIn(2) { return .inputsStaged }
        if numbers.oneIn(12) { return operatorEvent() }
        if numbers.oneIn(20) { return runEvent() }
        let open = life.counted().indicesOfTrue.filter { !life[$0].state.isFinal }
        let any = numbers.below(life.count + 1) - (numbers.oneIn(30) ? 1 : 0)
        let number = numbers.oneIn(8) ? any : open.randomElement(using: &numbers) ?? any
        guard life.contains(number) else { return .reused(number) }
        let attempt = life[number].attempts - (numbers.oneIn(15) ? 1 : 0)
        switch (life[number].state, life.node(number).kind) {
        case (.ready, .parallel):
            return numbers.oneIn(10)
                ? .listFailed(number, "no list")
                : .listed(number, (0..<numbers.below(4)).map(String.init))
        case (.ready, _) where life.isDynamic(number) && life[number].resources == nil:
            return numbers.oneIn(10)
                ? .resourcesFailed(number, "no JSON")
                : .resources(number, Workflows.Resources(cores: 2))
        case (.ready, _):
            if numbers.oneIn(20) { return .refused(number, "too large") }
            return numbers.oneIn(15)
                ? .reused(number) : .assigned(number, attempt: life[number].attempts + 1)
        case (.assigned, _):
            return numbers.oneIn(6)
                ? .withdrawn(number, attempt: attempt) : .started(number, attempt: attempt)
        case (.running, .exec) where numbers.oneIn(8):
            let children = (0..<(1 + numbers.below(2))).map {
                Subjob(name: "s\($0)", command: "part")
            }
            return .subjobs(
                number, attempt: attempt,
                Subjobs(
                    children: children,
                    links: numbers.oneIn(2) ? [] : [.init(before: "s0", after: "s1")]))
        default: return .ended(number, attempt: attempt, verdict())
        }
    }

    private mutating func verdict() -> Verdict {
        switch numbers.below(40) {
        case 0..<4: .failed(.payload, message: "exit code 1")
        case 4: .failed(.infrastructure, message: "lost")
        case 5..<9: .retry(Retry(.payload, message: "again", wait: 5, memory: 2000))
        case 9: .held(message: "look")
        case 10, 11: run.life.isStopping ? .aborted(message: "cancelled") : .completed
        case 12 where numbers.oneIn(4): .abortRun(status: 3, message: "code 77")
        case 13 where numbers.oneIn(3): .aborted(message: "killed")
        default: .completed
        }
    }

    private mutating func operatorEvent() -> RunEvent {
        let number = numbers.oneIn(20) ? -1 : numbers.below(run.life.count + 1)
        switch numbers.below(20) {
        case 0..<4: return .hold(number, "look")
        case 4..<8:
            let held = run.life.lives.indices.filter { run.life[$0].state == .held }
            return .release(held.randomElement(using: &numbers) ?? number)
        case 8: return .hold(nil, "look")
        case 9, 10: return .release(nil)
        case 11: return .priority(nil, numbers.below(9))
        case 12: return .priority(number, numbers.below(9))
        case 13: return .forced(number, completed: numbers.oneIn(2), "by hand")
        case 14 where numbers.oneIn(3): return .cancel("not wanted")
        case 15, 16: return .restart(Restart(.from(number)))
        default:
            var resources: [Int: Workflows.Resources] = [:]
            if numbers.oneIn(3) { resources[number] = Workflows.Resources(cores: 3) }
            return .restart(
                Restart(resources: resources, graph: numbers.oneIn(4) ? run.graph : nil))
        }
    }

    private mutating func runEvent() -> RunEvent {
        switch numbers.below(8) {
        case 0: .inputsMissing("none")
        case 1: .storingFailed("no room")
        case 2, 3: .inputsStaged
        default: .outputsStored
        }
    }

    /// Does all that is to be done, without a fault.
    mutating func bringToEnd() throws {
        for _ in 0..<5000 {
            let life = run.life
            if life.phase.isFinal { return }
            let event: RunEvent
            if life.isHeld {
                event = .release(nil)
            } else if life.phase == .pending {
                event = .inputsStaged
            } else if let number = life.counted().indicesOfTrue.first(where: { isOpen($0) }) {
                event = progress(number)
            } else {
                event = .outputsStored
            }
            let before = life
            follow(event, try run.apply(event))
            try check(event, before)
        }
        Issue.record("the run does not end: \(run.states)")
    }

    private func isOpen(_ number: Int) -> Bool {
        switch run.life[number].state {
        case .ready, .assigned, .held: true
        case .running: run.life.isProcess(number)
        default: false
        }
    }

    private func progress(_ number: Int) -> RunEvent {
        let life = run.life
        switch (life[number].state, life.node(number).kind) {
        case (.held, _): return .release(number)
        case (.assigned, _): return .started(number, attempt: life[number].attempts)
        case (.running, _): return .ended(number, attempt: life[number].attempts, .completed)
        case (_, .parallel): return .listed(number, ["0"])
        default:
            if life.isDynamic(number), life[number].resources == nil {
                return .resources(number, Workflows.Resources())
            }
            return .assigned(number, attempt: life[number].attempts + 1)
        }
    }
}
