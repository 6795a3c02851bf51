import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

/// Hosts on which the largest payloads come first.
@Suite struct StarvingTests {
    private let starving = HostTerms(isStarving: true)

    @Test(arguments: [0, 1, 7, 33, 50, 60, 99, 100])
    func `the part of starving pilots is exact for any number of them`(percent: Int) {
        var count = 0
        for number in 1...1000 {
            if HostTerms.isStarving(pilot: number, percent: percent) { count += 1 }
            #expect(count == number * percent / 100)
        }
    }

    @Test func `numbers and percentages out of range are none, or all`() {
        #expect(!HostTerms.isStarving(pilot: 0, percent: 100))
        #expect(!HostTerms.isStarving(pilot: -5, percent: 50))
        #expect(!HostTerms.isStarving(pilot: 5, percent: -1))
        #expect(HostTerms.isStarving(pilot: 5, percent: 1000))
        #expect(HostTerms.isStarving(pilot: .max, percent: 100))
    }

    @Test func `the largest part of any resource is first`() {
        var hall = Hall(rooms: [Hall.room(4, memory: 1000, starving)])
        hall.insert(Hall.entry("half", cores: 2, memory: 1))
        hall.insert(Hall.entry("memory", cores: 1, memory: 900))
        hall.insert(Hall.entry("gpu", cores: 1, memory: 1, gpus: 1))
        hall.insert(Hall.entry("small", cores: 1, memory: 1))
        hall.runAll()
        #expect(hall.started.map(\.key.run) == ["gpu", "memory", "half", "small"])
    }

    @Test func `one big among a thousand small ones starts within the length of one payload`() {
        var hall = Hall(rooms: [Hall.room(4, starving), Hall.room(4)])
        for number in 0..<1000 { hall.insert(Hall.entry("small", number, walltime: 600)) }
        hall.start()
        hall.insert(Hall.entry("big", cores: 4, walltime: 600))
        hall.runAll()
        let time = hall.time("big")
        #expect(time.map { $0 > 0 && $0 <= 600 } == true)
        #expect(hall.started.count == 1001)
    }

    @Test func `without starving hosts the big one starts last where small ones score better`() {
        var hall = Hall(
            ChoiceRule(order: .fitness, weights: FitnessWeights([.cpu: -1])),
            rooms: [Hall.room(4)])
        hall.insert(Hall.entry("big", cores: 4, walltime: 600))
        for number in 0..<1000 { hall.insert(Hall.entry("small", number, walltime: 600)) }
        hall.runAll()
        #expect(hall.time("big") == 150_000)
    }

    @Test func `what is kept free is filled by the smallest that end before it is needed`() {
        var queue = Hall.Queue()
        queue.insert(Hall.entry("big", cores: 4))
        queue.insert(Hall.entry("long", cores: 1, walltime: 7200))
        queue.insert(Hall.entry("two", cores: 2, walltime: 1800))
        queue.insert(Hall.entry("one", cores: 1, walltime: 1800))
        var room = Hall.room(3, starving)
        room.occupied = [.init(Amounts(cores: 1, memory: 0), until: MJD(100) + 1 / 24.0)]
        let first = queue.next(on: room, at: MJD(100))
        #expect(first?.rank.run == "one")
        room.free.cores -= 1
        room.occupied.append(.init(Amounts(cores: 1, memory: 0), until: MJD(100) + 0.5 / 24.0))
        let second = queue.next(on: room, at: MJD(100))
        #expect(second?.rank.run == "two")
        room.free.cores -= 2
        room.occupied.append(.init(Amounts(cores: 2, memory: 0), until: MJD(100) + 0.5 / 24.0))
        let third = queue.next(on: room, at: MJD(100))
        #expect(third == nil)
        #expect(
            queue.why(
                Hall.Queue.Key(run: "long", number: 0), on: Hall.room(1, starving), at: MJD(100))
                == .keptFor(Hall.Queue.Key(run: "big", number: 0)))
    }

    @Test(arguments: 0..<30)
    func `no payload is delayed beyond the instant that room was kept for it`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        var hall = Hall(
            ChoiceRule(order: seed % 2 == 0 ? .rank : .fitness),
            rooms: [Hall.room(8, of: 8, starving)])
        for number in 0..<150 {
            hall.insert(
                Hall.entry(
                    "small", number, cores: 1 + numbers.below(3),
                    walltime: Double(1 + numbers.below(20)) * 60))
        }
        hall.start { _ in Double(1 + numbers.below(60)) }
        for big in 0..<5 {
            hall.insert(Hall.entry("big", big, cores: 6 + numbers.below(3), walltime: 600))
            hall.start { _ in Double(1 + numbers.below(60)) }
            // By their walltimes all that runs is over then.
            let latest = hall.rooms[0].occupied.map(\.until).max() ?? hall.now
            while hall.time("big", big) == nil {
                guard hall.end() else { break }
                hall.start { min($0.need.walltime, Double(1 + numbers.below(60))) }
            }
            let time = hall.time("big", big)
            #expect(time != nil)
            #expect((time ?? .infinity) <= ((latest - MJD(100)) * 86400).rounded())
        }
    }

    @Test func `one host keeps room for a payload, that where it can start first`() {
        let now = MJD(100)
        var queue = Hall.Queue()
        queue.insert(Hall.entry("big", cores: 4))
        for number in 0..<4 { queue.insert(Hall.entry("small", number, walltime: 86400)) }
        func room(_ name: String, _ hours: Double) -> HostRoom {
            var room = Hall.room(2, HostTerms(host: name))
            room.occupied = [.init(Amounts(cores: 2, memory: 0), until: now + hours / 24)]
            return room
        }
        let late = queue.next(on: room("late", 3), at: now)
        #expect(late == nil)
        let early = queue.next(on: room("early", 2), at: now)
        #expect(early == nil)
        // It waits on the other one now.
        let free = queue.next(on: room("late", 3), at: now)
        #expect(free?.rank.run == "small")
        let again = queue.next(on: room("early", 2), at: now)
        #expect(again == nil)
        // Where that host has not kept its word, this one does.
        let after = queue.next(on: room("late", 3), at: now + 2.5 / 24)
        #expect(after == nil)
    }
}
