import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct ReadyQueueTests {
    private typealias Queue = ReadyQueue<String>

    private static func entry(
        _ run: String, _ number: Int, cores: Int = 1, memory: Int = 100, walltime: Double = 3600,
        gpus: Int = 0, priority: Int = 0, isRetry: Bool = false, release: Double = 0,
        depth: Int = 0, nodePriority: Int = 0, category: String = "", limit: Int? = nil,
        notBefore: MJD? = nil, group: String = ""
    ) -> Queue.Entry {
        Queue.Entry(
            rank: Rank(
                priority: priority, isRetry: isRetry, release: MJD(release), run: run,
                depth: depth, nodePriority: nodePriority, number: number),
            need: Workflows.Resources(
                cores: cores, memory: memory, walltime: walltime, gpus: gpus),
            category: category, limit: limit, notBefore: notBefore, group: group)
    }

    private static func room(_ cores: Int, of total: Int, _ occupied: [HostRoom.Occupied] = [])
        -> HostRoom
    {
        HostRoom(
            total: Amounts(cores: total, memory: 10000, gpus: 1),
            free: Amounts(cores: cores, memory: 10000, gpus: 1), occupied: occupied)
    }

    private static func key(_ run: String, _ number: Int) -> Queue.Key {
        Queue.Key(run: run, number: number)
    }

    private let now = MJD(100)
    private let hall = room(4, of: 4)

    private func claim(_ queue: inout Queue, _ room: HostRoom, _ time: MJD) -> Int? {
        queue.next(on: room, at: time)?.rank.number
    }

    /// All that the queue gives for a hall where each ends before the next is asked for.
    private func order(_ queue: Queue) -> [String] {
        var queue = queue
        var order: [String] = []
        while let entry = queue.next(on: hall, at: now) {
            order.append("\(entry.rank.run)\(entry.rank.number)")
            queue.end(entry.key)
        }
        return order
    }

    @Test func `each term of the rank decides where those before it are equal`() {
        let entries = [
            Self.entry("a", 9, priority: 2, release: 9),
            Self.entry("a", 8, priority: 1, isRetry: true, release: 9),
            Self.entry("z", 1, priority: 1, release: 1),
            Self.entry("b", 7, priority: 1, release: 2, depth: 5),
            Self.entry("b", 6, priority: 1, release: 2, depth: 4, nodePriority: 3),
            Self.entry("b", 5, priority: 1, release: 2, depth: 4),
            Self.entry("b", 10, priority: 1, release: 2, depth: 4),
            Self.entry("c", 1, priority: 1, release: 2, depth: 9),
            Self.entry("a", 1),
        ]
        var queue = Queue()
        for entry in entries.reversed() { queue.insert(entry) }
        #expect(order(queue) == entries.map { "\($0.rank.run)\($0.rank.number)" })
    }

    @Test func `a payload is replaced, removed and claimed once`() {
        var queue = Queue()
        queue.insert(Self.entry("a", 1))
        queue.insert(Self.entry("a", 2))
        queue.insert(Self.entry("a", 3))
        queue.insert(Self.entry("a", 3, priority: 9))
        #expect(queue.count == 3)
        #expect(queue.remove(Self.key("a", 1)) == true)
        #expect(queue.remove(Self.key("a", 1)) == false)
        #expect(order(queue) == ["a3", "a2"])
        queue.insert(Self.entry("b", 1))
        queue.remove(run: "a")
        #expect(order(queue) == ["b1"])
    }

    @Test func `a large payload is not overtaken for ever by small ones`() {
        var queue = Queue()
        queue.insert(Self.entry("a", 0, cores: 4))
        for number in 1...50 { queue.insert(Self.entry("a", number)) }
        // One core is busy for half an hour: three are free, none is given to payloads of an hour.
        let busy = HostRoom.Occupied(Amounts(cores: 1, memory: 100), until: now + 0.5 / 24)
        #expect(queue.next(on: Self.room(3, of: 4, [busy]), at: now) == nil)
        #expect(
            queue.why(Self.key("a", 1), on: Self.room(3, of: 4, [busy]), at: now)
                == .keptFor(Self.key("a", 0)))
        #expect(
            queue.why(Self.key("a", 0), on: Self.room(3, of: 4, [busy]), at: now)
                == .room(Amounts(cores: 1, memory: 0)))
        #expect(claim(&queue, hall, now) == 0)
    }

    @Test func `what ends before the reservation, or needs what is left beside it, is let through`()
    {
        var queue = Queue()
        queue.insert(Self.entry("a", 0, cores: 3))
        queue.insert(Self.entry("a", 1, cores: 2))
        queue.insert(Self.entry("a", 2, cores: 1))
        queue.insert(Self.entry("a", 3, cores: 2, walltime: 60))
        // Two of four cores are busy for half an hour; then three of four are kept, one is left.
        let busy = HostRoom.Occupied(Amounts(cores: 2, memory: 100), until: now + 0.5 / 24)
        let room = Self.room(2, of: 4, [busy])
        #expect(claim(&queue, room, now) == 2)
        let less = Self.room(
            1, of: 4, [busy, .init(Amounts(cores: 1, memory: 100), until: now + 1.0 / 24)])
        #expect(queue.next(on: less, at: now) == nil)
        #expect(claim(&queue, room, now) == 3)
    }

    @Test func `where nobody knows when there is room, nothing is let through`() {
        var queue = Queue()
        queue.insert(Self.entry("a", 0, cores: 4))
        queue.insert(Self.entry("a", 1, walltime: 1))
        #expect(queue.next(on: Self.room(3, of: 4), at: now) == nil)
    }

    @Test func `what no room of this host can hold keeps nobody`() {
        var queue = Queue()
        queue.insert(Self.entry("a", 0, cores: 5))
        queue.insert(Self.entry("a", 1, gpus: 2))
        queue.insert(Self.entry("a", 2))
        #expect(claim(&queue, hall, now) == 2)
        #expect(queue.next(on: hall, at: now) == nil)
    }

    @Test func `never more of a category run than its limit, over all runs`() {
        var queue = Queue()
        for run in 0..<50 {
            queue.insert(Self.entry("run\(run)", 0, category: "database", limit: 2))
        }
        var running: [Queue.Key] = []
        var most = 0
        var done = 0
        while done < 50 {
            while let entry = queue.next(on: hall, at: now) { running.append(entry.key) }
            most = max(most, running.count)
            #expect(queue.running("database") == running.count)
            queue.end(running.removeFirst())
            done += 1
        }
        #expect(most == 2)
        #expect(queue.count == 0)
    }

    @Test func `a site's limit counts beside an entry's, and what was running before counts`() {
        var queue = Queue(limits: ["database": 1])
        queue.adopt(Self.key("old", 1), category: "database")
        queue.insert(Self.entry("a", 1, category: "database", limit: 5))
        queue.insert(Self.entry("a", 2))
        #expect(
            queue.why(Self.key("a", 1), on: hall, at: now)
                == .category("database", running: 1, limit: 1))
        #expect(claim(&queue, hall, now) == 2)
        #expect(queue.next(on: hall, at: now) == nil)
        queue.end(Self.key("old", 1))
        queue.end(Self.key("old", 1))
        #expect(claim(&queue, hall, now) == 1)
    }

    @Test func `ten thousand that wait for a category do not delay another run`() {
        var queue = Queue(limits: ["database": 0])
        for number in 0..<10_000 {
            queue.insert(Self.entry("a", number, priority: 9, category: "database"))
        }
        queue.insert(Self.entry("b", 1))
        #expect(claim(&queue, hall, now) == 1)
    }

    @Test func `what waits for a time starts when it has come, and keeps nobody before`() {
        var queue = Queue()
        queue.insert(Self.entry("a", 1, cores: 4, priority: 9, notBefore: now + 1))
        queue.insert(Self.entry("a", 2))
        #expect(queue.why(Self.key("a", 1), on: hall, at: now) == .before(now + 1))
        #expect(queue.nextTime == now + 1)
        #expect(claim(&queue, hall, now) == 2)
        #expect(queue.next(on: hall, at: now) == nil)
        #expect(claim(&queue, hall, now + 1) == 1)
        #expect(queue.nextTime == nil)
        queue.insert(Self.entry("a", 3, notBefore: now + 5))
        queue.insert(Self.entry("a", 3))
        #expect(claim(&queue, hall, now) == 3)
        #expect(queue.next(on: hall, at: now + 9) == nil)
    }

    @Test func `what needs the same follows in the same room, in its turn`() throws {
        var queue = Queue()
        for number in 0..<3 { queue.insert(Self.entry("a", number, category: "x", limit: 2)) }
        queue.insert(Self.entry("a", 3, cores: 2))
        let next = queue.next(on: hall, at: now)
        let first = try #require(next)
        #expect([queue.follower(of: first, at: now)?.rank.number] == [1])
        // The category is full, and the next in turn needs something else.
        #expect(queue.follower(of: first, at: now) == nil)
        queue.end(first.key)
        #expect([queue.follower(of: first, at: now)?.rank.number] == [2])
    }

    @Test func `those of a group follow one of it, and are one in their category`() throws {
        var queue = Queue()
        for number in 0..<5 {
            queue.insert(
                Self.entry(
                    "a", number, category: "x", limit: 2, group: number == 2 ? "other" : "g"))
        }
        let next = queue.next(on: hall, at: now)
        let first = try #require(next)
        let more = queue.companions(of: first, atMost: 2, on: hall, at: now)
        #expect(more.map(\.rank.number) == [1, 3])
        #expect(queue.running("x") == 1)
        #expect(claim(&queue, hall, now) == 2)
        #expect(queue.next(on: hall, at: now) == nil)
        // The first comes again while others of its cluster are still there.
        queue.end(first.key)
        queue.end(Self.key("a", 2))
        queue.insert(first)
        #expect(claim(&queue, hall, now) == 0)
        #expect(queue.running("x") == 2)
        for number in [1, 3] { queue.end(Self.key("a", number)) }
        #expect(queue.running("x") == 1)
        queue.end(first.key)
        #expect(queue.running("x") == 0)
        #expect(claim(&queue, hall, now) == 4)
        let alone = queue.companions(of: first, atMost: 0, on: hall, at: now)
        #expect(alone.isEmpty)
    }

    @Test func `those that follow do not delay what waits ahead for room`() throws {
        var queue = Queue()
        queue.insert(Self.entry("a", 0, cores: 4))
        for number in 1..<9 { queue.insert(Self.entry("b", number, walltime: 600, group: "g")) }
        // Three cores are free, and the fourth will be in an hour.
        let room = Self.room(
            3, of: 4, [.init(Amounts(cores: 1, memory: 0), until: now + 1 / 24.0)])
        let next = queue.next(on: room, at: now)
        let first = try #require(next)
        #expect(first.rank.number == 1)
        let more = queue.companions(of: first, atMost: 100, on: room, at: now)
        #expect(more.map(\.rank.number) == [2, 3, 4, 5, 6])
    }

    @Test func `why a payload waits`() {
        var queue = Queue()
        queue.insert(Self.entry("a", 1))
        queue.insert(Self.entry("a", 2, memory: 9000))
        let low = HostRoom(
            total: Amounts(cores: 4, memory: 10000), free: Amounts(cores: 1, memory: 500))
        #expect(queue.why(Self.key("a", 1), on: low, at: now) == .next)
        #expect(
            queue.why(Self.key("a", 2), on: low, at: now)
                == .room(Amounts(cores: 0, memory: 8500)))
        #expect(queue.why(Self.key("a", 2), on: hall, at: now) == .behind(Self.key("a", 1)))
        #expect(queue.why(Self.key("b", 1), on: hall, at: now) == .notInLine)
    }

    @Test(arguments: 0..<20)
    func `the queue gives what a plain search of all entries gives`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        var queue = Queue(limits: ["x": 2])
        var plain: [Queue.Key: Queue.Entry] = [:]
        var running: [Queue.Entry] = []
        var time = now
        for step in 0..<400 {
            switch numbers.below(10) {
            case 0..<4:
                let entry = Self.entry(
                    ["a", "b", "c"][numbers.below(3)], numbers.below(40),
                    cores: 1 + numbers.below(5), memory: 1000 * (1 + numbers.below(3)),
                    walltime: Double(60 * (1 + numbers.below(200))), priority: numbers.below(3),
                    isRetry: numbers.oneIn(5), release: Double(numbers.below(3)),
                    category: ["", "x", "y"][numbers.below(3)],
                    limit: numbers.oneIn(2) ? 1 + numbers.below(3) : nil,
                    notBefore: numbers.oneIn(4) ? time + Double(numbers.below(4)) / 24 : nil)
                guard !running.contains(where: { $0.key == entry.key }) else { continue }
                queue.insert(entry)
                plain[entry.key] = entry
            case 4:
                if let key = plain.keys.sorted(by: { "\($0)" < "\($1)" }).randomElement(
                    using: &numbers)
                {
                    #expect(queue.remove(key) == true)
                    plain[key] = nil
                }
            case 5, 6:
                if !running.isEmpty {
                    let entry = running.remove(at: numbers.below(running.count))
                    queue.end(entry.key)
                }
            case 7: time = time + Double(numbers.below(60)) / 1440
            default:
                let room = Self.room(running, at: time)
                let expected = Self.choice(plain, running, room, time, limits: ["x": 2])
                let given = queue.next(on: room, at: time)
                #expect(given == expected, "step \(step)")
                if let given {
                    plain[given.key] = nil
                    running.append(given)
                }
            }
            #expect(queue.count == plain.count)
        }
    }

    private static func room(_ running: [Queue.Entry], at time: MJD) -> HostRoom {
        let total = Amounts(cores: 4, memory: 6000)
        let used = running.reduce(Amounts(cores: 0, memory: 0)) { $0 + Amounts($1.need) }
        return HostRoom(
            total: total, free: total - used,
            occupied: running.map {
                .init(Amounts($0.need), until: time + $0.need.walltime / 86400)
            })
    }

    /// The rule, one entry after another.
    private static func choice(
        _ entries: [Queue.Key: Queue.Entry], _ running: [Queue.Entry], _ room: HostRoom,
        _ time: MJD, limits: [String: Int]
    ) -> Queue.Entry? {
        var first: Queue.Entry?
        for entry in entries.values.sorted(by: { $0.rank < $1.rank }) {
            let need = Amounts(entry.need)
            if let notBefore = entry.notBefore, notBefore > time { continue }
            let same = running.count { $0.category == entry.category }
            if !entry.category.isEmpty,
                same >= min(entry.limit ?? 99, limits[entry.category] ?? 99)
            {
                continue
            }
            if !need.fits(in: room.total) { continue }
            guard let blocked = first else {
                if need.fits(in: room.free) { return entry }
                first = entry
                continue
            }
            guard need.fits(in: room.free) else { continue }
            // When the blocked one could start if this one did, and if it did not.
            let without = start(of: Amounts(blocked.need), room)
            let end = time + entry.need.walltime / 86400
            var beside = room
            beside.free = room.free - need
            beside.occupied.append(.init(need, until: end))
            if let without, let with = start(of: Amounts(blocked.need), beside), with <= without {
                return entry
            }
        }
        return nil
    }

    private static func start(of need: Amounts, _ room: HostRoom) -> MJD? {
        for end in room.occupied.map(\.until).sorted() {
            let free = room.occupied.filter { $0.until <= end }.reduce(room.free) {
                $0 + $1.amounts
            }
            if need.fits(in: free) { return end }
        }
        return nil
    }

    @Test(.enabled(if: isFull)) func `a claim among a hundred thousand`() {
        var queue = Queue()
        for number in 0..<100_000 {
            queue.insert(Self.entry("a", number, memory: 100 + number % 20))
        }
        let clock = ContinuousClock()
        var slowest = Duration.zero
        let start = clock.now
        for number in 0..<10_000 {
            let began = clock.now
            let entry = queue.next(on: hall, at: now)
            slowest = max(slowest, began.duration(to: clock.now))
            #expect(entry?.rank.number == number)
            queue.end(Self.key("a", number))
        }
        print("claims among 100,000: \(start.duration(to: clock.now) / 10_000), at most \(slowest)")
    }
}
