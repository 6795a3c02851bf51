import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct FitnessTests {
    private typealias Queue = ReadyQueue<String>

    private let now = MJD(100)
    private static let all = FitnessWeights(
        Dictionary(
            uniqueKeysWithValues: zip(
                Fitness.Term.allCases, [1.0, -2, 4, 8, 16, 32, 64, 128, -256, 512, 1024, 2048])))

    private func queue(_ weights: FitnessWeights, _ entries: Queue.Entry...) -> Queue {
        var queue = Queue(
            rule: ChoiceRule(order: .fitness, weights: weights, referenceWait: 86400))
        for entry in entries { queue.insert(entry) }
        return queue
    }

    private func next(_ queue: Queue, on room: HostRoom) -> String? {
        var queue = queue
        return queue.next(on: room, at: now)?.rank.run
    }

    @Test func `each term has its value, and the score is the sum of weights times values`() throws
    {
        var entry = Hall.entry(
            "a", cores: 2, memory: 2500, walltime: 3600, gpus: 1, priority: 7, isRetry: true,
            depth: 3, order: 5, since: 99.75, locality: 0.5)
        entry = Queue.Entry(
            rank: entry.rank,
            need: Workflows.Resources(
                cores: 2, memory: 2500, virtualMemory: 5000, walltime: 3600, temporary: 100,
                gpus: 1))
        entry.orderPriority = 5
        entry.since = MJD(99.75)
        entry.locality = 0.5
        let room = Hall.room(
            1, hours: 4, HostTerms(virtualMemory: 20000, temporary: 1000))
        let found = queue(Self.all, entry).fitness(entry.key, on: room, at: now)
        let fitness = try #require(found)
        let values: [Fitness.Term: Double] = [
            .cpu: 0.5, .ram: 0.25, .vms: 0.25, .gpus: 1, .tmp: 0.1, .walltime: 0.25, .wait: 0.25,
            .manual: 2, .retry: 1, .order: 5, .depth: 3, .data: 0.5,
        ]
        #expect(fitness.parts.map(\.term) == Fitness.Term.allCases)
        for part in fitness.parts {
            let expected = try #require(values[part.term])
            #expect(abs(part.value - expected) < 1e-6, "\(part.term)")
            #expect(part.weight == Self.all[part.term])
        }
        let sum = fitness.parts.map(\.product).reduce(0, +)
        #expect(fitness.total == sum)
        #expect(
            abs(sum - (0.5 - 0.5 + 1 + 8 + 1.6 + 8 + 16 + 256 - 256 + 2560 + 3072 + 1024)) < 1e-3)
    }

    @Test func `what is not known of a host, or never ends, adds nothing`() throws {
        let entry = Hall.entry("a", walltime: 1e9)
        let found = queue(Self.all, entry).fitness(entry.key, on: Hall.room(4), at: now)
        let fitness = try #require(found)
        for part in fitness.parts where [.vms, .tmp, .walltime].contains(part.term) {
            #expect(part.value == 0)
        }
        let none = queue(Self.all).fitness(entry.key, on: Hall.room(4), at: now)
        #expect(none == nil)
    }

    @Test(arguments: [
        (Fitness.Term.cpu, Hall.entry("b", cores: 2)), (.ram, Hall.entry("b", memory: 300)),
        (.gpus, Hall.entry("b", gpus: 1)), (.walltime, Hall.entry("b", walltime: 7200)),
        (.wait, Hall.entry("b", since: 99)), (.manual, Hall.entry("b", priority: 1)),
        (.retry, Hall.entry("b", isRetry: true)),
        (.order, Hall.entry("b", priority: 1, order: 1)), (.depth, Hall.entry("b", depth: 1)),
    ])
    func `the sign of a weight decides`(term: Fitness.Term, other: ReadyQueue<String>.Entry) {
        let room = Hall.room(4, hours: 10)
        let plain = Hall.entry("a", since: 99.9)
        #expect(next(queue(FitnessWeights([term: 1]), plain, other), on: room) == "b")
        #expect(next(queue(FitnessWeights([term: -1]), plain, other), on: room) == "a")
    }

    @Test func `what this SDC holds the inputs of goes before what had to be brought`() {
        let queue = queue(
            .standard, Hall.entry("a", since: 100, locality: 0.25), Hall.entry("b", since: 100))
        #expect(next(queue, on: Hall.room(4)) == "b")
    }

    @Test func `waiting counts up to the reference, and then what waits longest is first`() {
        let queue = queue(
            FitnessWeights([.wait: 10, .manual: 1]), Hall.entry("a", priority: 1, since: 90),
            Hall.entry("b", priority: 0, since: 10), Hall.entry("c", priority: 1, since: 80))
        #expect(next(queue, on: Hall.room(4)) == "c")
    }

    @Test func `the best score of those that fit is taken, until nothing fits`() {
        var hall = Hall(
            ChoiceRule(order: .fitness, weights: FitnessWeights([.cpu: 1])),
            rooms: [Hall.room(4)])
        for (run, cores) in [("a", 1), ("b", 3), ("c", 4), ("d", 2), ("e", 5)] {
            hall.insert(Hall.entry(run, cores: cores))
        }
        hall.runAll()
        #expect(hall.started.map(\.key.run) == ["c", "b", "a", "d"])
        #expect(hall.time("c") == 0 && hall.time("b") == 3600 && hall.time("a") == 3600)
        #expect(hall.queue.count == 1)
    }

    @Test(arguments: 0..<20)
    func `the queue gives the best of a plain search of all entries`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let rule = ChoiceRule(order: .fitness, weights: Self.all, referenceWait: 7200)
        var queue = Queue(limits: ["x": 3], rule: rule)
        var plain: [Queue.Key: Queue.Entry] = [:]
        var running: [Queue.Entry] = []
        for step in 0..<400 {
            let time = now + Double(step) / 1440
            let room = Hall.room(numbers.below(5), hours: 8)
            switch numbers.below(4) {
            case 0, 1:
                let entry = Hall.entry(
                    "r\(numbers.below(40))", cores: 1 + numbers.below(4),
                    walltime: Double(1 + numbers.below(3)) * 3600, priority: numbers.below(3),
                    isRetry: numbers.oneIn(4), category: numbers.oneIn(3) ? "x" : "",
                    order: numbers.below(2), since: time.days, locality: numbers.oneIn(2) ? 1 : 0)
                if running.contains(where: { $0.key == entry.key }) { continue }
                plain[entry.key] = entry
                queue.insert(entry)
            case 2:
                if !running.isEmpty {
                    queue.end(running.remove(at: numbers.below(running.count)).key, at: time)
                }
            default:
                let isFull = running.count { $0.category == "x" } >= 3
                var best: (score: Double, entry: Queue.Entry)?
                for (key, entry) in plain {
                    guard Amounts(entry.need).fits(in: room.free),
                        !(isFull && entry.category == "x"),
                        time + (entry.need.walltime + 30) / 86400 <= MJD(100) + 8.0 / 24,
                        let score = queue.fitness(key, on: room, at: time)?.total
                    else { continue }
                    if best == nil || (best?.score ?? 0) < score { best = (score, entry) }
                }
                let given = queue.next(on: room, at: time)
                #expect((given == nil) == (best == nil), "step \(step)")
                if let given, let best {
                    #expect(abs(best.score - self.score(given, rule, room, time)) < 1e-9, "\(step)")
                    plain[given.key] = nil
                    running.append(given)
                }
            }
            #expect(queue.count == plain.count)
        }
    }

    private func score(_ entry: Queue.Entry, _ rule: ChoiceRule, _ room: HostRoom, _ time: MJD)
        -> Double
    {
        var alone = Queue(rule: rule)
        alone.insert(entry)
        return alone.fitness(entry.key, on: room, at: time)?.total ?? .nan
    }

    @Test func `nothing starts that ends less than the margin before its host does`() {
        let entry = Hall.entry("a", walltime: 3600)
        for rule in [ChoiceRule(), ChoiceRule(order: .fitness)] {
            for (hours, starts) in [
                (1.0, false), (1 + 29 / 3600.0, false), (1 + 31 / 3600.0, true),
            ] {
                for isStarving in [false, true] {
                    var queue = Queue(rule: rule)
                    queue.insert(entry)
                    let room = Hall.room(4, hours: hours, HostTerms(isStarving: isStarving))
                    let why = queue.why(entry.key, on: room, at: now)
                    #expect(why == (starts ? .next : .refused(.ends)))
                    let next = queue.next(on: room, at: now)
                    #expect((next != nil) == starts)
                }
            }
        }
    }

    @Test func `what can never start on a host keeps nobody there`() {
        var queue = Queue()
        queue.insert(Hall.entry("a", cores: 4, walltime: 8 * 3600))
        queue.insert(Hall.entry("b"))
        // Ready in four hours, and over in five.
        var room = Hall.room(3, hours: 5)
        room.occupied = [.init(Amounts(cores: 1, memory: 0), until: now + 4 / 24.0)]
        let next = queue.next(on: room, at: now)
        #expect(next?.rank.run == "b")
    }

    @Test func `those that follow one in its room end before the host does`() throws {
        var queue = Queue(rule: ChoiceRule(order: .fitness))
        for number in 0..<20 {
            queue.insert(Hall.entry("a", number, walltime: 600, group: "g"))
        }
        let room = Hall.room(4, hours: 1)
        let next = queue.next(on: room, at: now)
        let first = try #require(next)
        // An hour without the margin has five times ten minutes.
        let more = queue.companions(of: first, atMost: 100, on: room, at: now)
        #expect(more.count == 4)
    }

    @Test
    func `a pilot takes only the executables that it may, and only of the shares that it is for`() {
        var queue = Queue()
        queue.insert(Hall.entry("mer", executable: "MER_Mosaic"))
        queue.insert(Hall.entry("she", executable: "SHE_LensMC", share: "DR1"))
        let shear = Hall.room(4, HostTerms(executables: ["SHE_*", "LE3_?"]))
        let reserved = Hall.room(4, HostTerms(reservedFor: ["DR1"]))
        let mosaic = Queue.Key(run: "mer", number: 0)
        #expect(queue.why(mosaic, on: shear, at: now) == .refused(.executable))
        #expect(queue.why(mosaic, on: reserved, at: now) == .refused(.reserved))
        for room in [shear, reserved] {
            var copy = queue
            let next = copy.next(on: room, at: now)
            #expect(next?.rank.run == "she")
            let another = copy.next(on: room, at: now)
            #expect(another == nil)
        }
    }

    @Test func `ten thousand that may not run do not delay another run, by any rule`() {
        for rule in [ChoiceRule(), ChoiceRule(order: .fitness)] {
            for isStarving in [false, true] {
                var queue = Queue(limits: ["database": 0], rule: rule)
                for number in 0..<10_000 {
                    queue.insert(
                        Hall.entry("a", number, cores: 4, priority: 9, category: "database"))
                }
                queue.insert(Hall.entry("b", 1))
                let next = queue.next(
                    on: Hall.room(4, HostTerms(isStarving: isStarving)), at: now)
                #expect(next?.rank.run == "b")
            }
        }
    }

    @Test(arguments: [false, true])
    func `the best that does not fit has room kept for it where the site says so`(reserves: Bool) {
        var room = Hall.room(1)
        room.occupied = [.init(Amounts(cores: 3, memory: 100), until: now + 1.0 / 24)]
        var queue = Queue(rule: ChoiceRule(order: .fitness, reserves: reserves))
        queue.insert(Hall.entry("large", cores: 4, walltime: 3600))
        queue.insert(Hall.entry("long", cores: 1, walltime: 7200))
        #expect(queue.next(on: room, at: now)?.rank.run == (reserves ? nil : "long"))
        queue.insert(Hall.entry("short", cores: 1, walltime: 1800))
        #expect(queue.next(on: room, at: now)?.rank.run == "short")
    }

    @Test(.enabled(if: isFull)) func `a claim among a hundred thousand, by score and by size`() {
        for isStarving in [false, true] {
            var queue = Queue(rule: ChoiceRule(order: .fitness, shares: ["s0": 70, "s1": 30]))
            for number in 0..<100_000 {
                queue.insert(
                    Hall.entry(
                        "a", number, memory: 100 + number % 20, priority: number % 7,
                        share: "s\(number % 2)", since: 99 + Double(number) / 1e6))
            }
            let room = Hall.room(4, hours: 100, HostTerms(isStarving: isStarving))
            let clock = ContinuousClock()
            let start = clock.now
            for _ in 0..<1000 {
                let entry = queue.next(on: room, at: now)
                #expect(entry != nil)
                if let entry { queue.end(entry.key, at: now) }
            }
            print("claims among 100,000 by score: \(start.duration(to: clock.now) / 1000)")
        }
    }
}
