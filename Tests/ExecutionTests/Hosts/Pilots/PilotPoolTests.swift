import BatchSystems
import Testing

@testable import Execution

@Suite struct PilotPoolTests {
    private static func kind(
        _ name: String, _ cores: Int, _ memory: Int, walltime: Int = 3600,
        _ change: (inout PilotClass) -> Void = { _ in }
    ) -> PilotClass {
        var kind = PilotClass(name: name, cores: cores, memory: memory, walltime: walltime)
        change(&kind)
        return kind
    }

    private static let light = kind("light", 2, 4096)
    private static let medium = kind("medium", 8, 16384)
    private static let heavy = kind("heavy", 16, 32768)

    private static func pool(
        _ classes: [PilotClass], most: Int = 1000, _ change: (inout SitePilots) -> Void = { _ in }
    ) -> PilotPool {
        var settings = SitePilots()
        settings.classes = classes
        change(&settings)
        return PilotPool(settings: settings, most: most, interval: .seconds(20))
    }

    private static func demand(
        _ count: Int, cores: Int = 1, memory: Int = 1024, gpus: Int = 0, walltime: Double = 60,
        executable: String = "", share: String = ""
    ) -> PilotPool.Demand {
        PilotPool.Demand(
            need: Amounts(cores: cores, memory: memory, gpus: gpus), walltime: walltime,
            count: count, executable: executable, share: share)
    }

    private static func pilots(
        _ count: Int, _ kind: String, _ state: PilotLife.State = .running, free: Amounts? = nil,
        remaining: Double? = nil
    ) -> [PilotPool.Standing] {
        Array(
            repeating: PilotPool.Standing(
                kind: kind, state: state, free: free, remaining: remaining), count: count)
    }

    private static let full = Amounts(cores: 0, memory: 0)

    private static func words(_ orders: [PilotPool.Order]) -> [String: Int] {
        Dictionary(orders.map { ($0.kind, $0.count) }, uniquingKeysWith: +)
    }

    @Test("without a payload in line there is none, after any number of passes")
    func onDemandOnly() {
        var pool = Self.pool([Self.light, Self.heavy])
        for pass in 0..<1000 {
            #expect(pool.pass([], [], at: .seconds(20 * pass)).isEmpty)
            #expect(pool.pass([Self.demand(0)], [], at: .seconds(20 * pass + 10)).isEmpty)
        }
    }

    @Test(
        "the smallest class that holds a payload is taken, as many as it fills",
        arguments: [
            (demand(1), ["light": 1]), (demand(2), ["light": 1]), (demand(3), ["light": 2]),
            (demand(1, cores: 2), ["light": 1]), (demand(1, cores: 3), ["medium": 1]),
            (demand(1, memory: 4097), ["medium": 1]), (demand(9, cores: 1), ["light": 5]),
            (demand(3, cores: 5), ["medium": 3]), (demand(1, cores: 9), ["heavy": 1]),
            (demand(2, cores: 1, memory: 20000), ["heavy": 2]),
            (demand(1, cores: 17), [:]), (demand(1, memory: 32769), [:]),
            (demand(1, gpus: 1), [:]), (demand(1, walltime: 3570), ["light": 1]),
            (demand(1, walltime: 3571), [:]),
        ])
    func smallest(_ demand: PilotPool.Demand, _ expected: [String: Int]) {
        var pool = Self.pool([Self.heavy, Self.light, Self.medium])
        #expect(Self.words(pool.pass([demand], [], at: .zero)) == expected)
    }

    @Test("what is left of the pilots of large payloads is for the small ones")
    func packs() {
        var pool = Self.pool([Self.light, Self.heavy])
        let orders = pool.pass(
            [Self.demand(6), Self.demand(1, cores: 10, memory: 1024)], [], at: .zero)
        #expect(Self.words(orders) == ["heavy": 1])
        let more = pool.pass(
            [Self.demand(8), Self.demand(1, cores: 10, memory: 1024)], [], at: .zero)
        #expect(Self.words(more) == ["heavy": 1, "light": 1])
    }

    @Test("what is free and what is queued is counted first")
    func beside() {
        var pool = Self.pool([Self.light])
        let half = Amounts(cores: 1, memory: 2048)
        #expect(pool.pass([Self.demand(1)], Self.pilots(1, "light", free: half), at: .zero).isEmpty)
        #expect(pool.pass([Self.demand(4)], Self.pilots(2, "light", .waiting), at: .zero).isEmpty)
        #expect(pool.pass([Self.demand(2)], Self.pilots(1, "light", .submitted), at: .zero).isEmpty)
        #expect(pool.pass([Self.demand(2)], Self.pilots(1, "light", .unknown), at: .zero).isEmpty)
        let orders = pool.pass(
            [Self.demand(5)],
            Self.pilots(1, "light", free: Self.full) + Self.pilots(1, "light", free: half)
                + Self.pilots(1, "light", .waiting), at: .zero)
        #expect(Self.words(orders) == ["light": 1])
    }

    @Test("a pilot that drains, or has no time left, is no room")
    func endingSoon() {
        var pool = Self.pool([Self.light])
        let late = Self.pilots(1, "light", remaining: 89)
        #expect(Self.words(pool.pass([Self.demand(1)], late, at: .zero)) == ["light": 1])
        let early = Self.pilots(1, "light", remaining: 90)
        #expect(pool.pass([Self.demand(1)], early, at: .zero).isEmpty)
        var draining = Self.pilots(1, "light")
        draining[0].isDraining = true
        #expect(Self.words(pool.pass([Self.demand(1)], draining, at: .zero)) == ["light": 1])
    }

    @Test("while work remains an ended pilot is replaced at the next pass")
    func keptUp() {
        var pool = Self.pool([Self.kind("light", 2, 4096, walltime: 120) { $0.maxInstances = 1 }])
        for pass in 0..<50 {
            let now = Duration.seconds(20 * pass)
            #expect(Self.words(pool.pass([Self.demand(100)], [], at: now)) == ["light": 1])
            let busy = Self.pilots(1, "light", free: Self.full)
            #expect(pool.pass([Self.demand(100)], busy, at: now + .seconds(10)).isEmpty)
            pool.end("light", isDiscouraging: false)
        }
    }

    @Test("each cap bounds by itself: class, class in the queue, class and pass, and of all")
    func caps() {
        let work = [Self.demand(10_000)]
        func one(_ change: (inout PilotClass) -> Void, _ pilots: [PilotPool.Standing] = []) -> Int {
            var kind = Self.light
            (kind.maxInstances, kind.maxQueued, kind.perPass) = (1000, 1000, 1000)
            change(&kind)
            var pool = Self.pool([kind]) { ($0.maxQueued, $0.perPass) = (1000, 1000) }
            return Self.words(pool.pass(work, pilots, at: .zero))["light"] ?? 0
        }
        let busy = Self.pilots(3, "light", free: Self.full)
        #expect(one({ $0.maxInstances = 7 }) == 7)
        #expect(one({ $0.maxInstances = 7 }, busy) == 4)
        #expect(one({ $0.maxInstances = 7 }, Self.pilots(3, "light", .unknown)) == 4)
        #expect(one({ $0.maxInstances = 0 }) == 0)
        #expect(one({ $0.maxQueued = 7 }) == 7)
        #expect(one({ $0.maxQueued = 7 }, busy) == 7)
        #expect(one({ $0.maxQueued = 7 }, Self.pilots(3, "light", .waiting)) == 4)
        #expect(one({ $0.maxQueued = 7 }, Self.pilots(3, "light", .unknown)) == 4)
        #expect(one({ $0.perPass = 7 }, busy) == 7)

        func all(_ most: Int, _ change: (inout SitePilots) -> Void) -> [String: Int] {
            var light = Self.light
            (light.maxInstances, light.maxQueued, light.perPass) = (1000, 1000, 1000)
            var heavy = Self.heavy
            (heavy.maxInstances, heavy.maxQueued, heavy.perPass) = (1000, 1000, 1000)
            var pool = Self.pool([light, heavy], most: most) {
                ($0.maxQueued, $0.perPass) = (1000, 1000)
                change(&$0)
            }
            return Self.words(
                pool.pass(
                    [Self.demand(10_000), Self.demand(3, cores: 16)],
                    Self.pilots(1, "light", .waiting, free: Self.full), at: .zero))
        }
        #expect(all(9, { _ in }) == ["heavy": 3, "light": 5])
        #expect(all(900, { $0.maxQueued = 9 }) == ["heavy": 3, "light": 5])
        #expect(all(900, { $0.perPass = 9 }) == ["heavy": 3, "light": 6])
    }

    @Test("where a class is full the next larger one is taken")
    func next() {
        var pool = Self.pool([Self.kind("light", 2, 4096) { $0.maxInstances = 1 }, Self.medium])
        let orders = pool.pass([Self.demand(7)], [], at: .zero)
        #expect(Self.words(orders) == ["light": 1, "medium": 1])
    }

    @Test("after pilots that found nothing to do a class pauses 1, 2, 4 ... 64 intervals")
    func damped() {
        var pool = Self.pool([Self.light])
        var now = Duration.zero
        for expected in [1, 2, 4, 8, 16, 32, 64, 64, 64] {
            #expect(Self.words(pool.pass([Self.demand(1)], [], at: now)) == ["light": 1])
            // All of an array at once count as one.
            for _ in 0..<5 { pool.end("light", isDiscouraging: true) }
            var pause = 0
            while pool.pass([Self.demand(1)], [], at: now + .seconds(20 * pause)).isEmpty {
                pause += 1
            }
            #expect(pause == expected)
            now += .seconds(20 * pause)
        }
        pool.end("light", isDiscouraging: true)
        #expect(pool.pass([Self.demand(1)], [], at: now).isEmpty)
        // One that did some work ends it, also beside others that did not.
        pool.end("light", isDiscouraging: true)
        pool.end("light", isDiscouraging: false)
        #expect(Self.words(pool.pass([Self.demand(1)], [], at: now)) == ["light": 1])
        pool.fail("light")
        #expect(pool.pass([Self.demand(1)], [], at: now).isEmpty)
        #expect(!pool.pass([Self.demand(1)], [], at: now + .seconds(20)).isEmpty)
    }

    @Test("a pause is of one class alone")
    func pausesApart() {
        var pool = Self.pool([Self.light, Self.heavy])
        pool.fail("light")
        #expect(Self.words(pool.pass([Self.demand(1)], [], at: .zero)) == ["heavy": 1])
    }

    @Test("a static pool is there without any demand, within the caps")
    func kept() {
        let kept = Self.kind("light", 2, 4096) { $0.keep = 5 }
        var pool = Self.pool([kept, Self.heavy])
        #expect(Self.words(pool.pass([], [], at: .zero)) == ["light": 5])
        let some = Self.pilots(2, "light", .waiting) + Self.pilots(1, "light")
        #expect(Self.words(pool.pass([], some, at: .zero)) == ["light": 2])
        #expect(pool.pass([], Self.pilots(5, "light", free: Self.full), at: .zero).isEmpty)
        // What is kept is room for what is in line.
        #expect(Self.words(pool.pass([Self.demand(10)], [], at: .zero)) == ["light": 5])
        #expect(Self.words(pool.pass([Self.demand(11)], [], at: .zero)) == ["light": 6])
        var narrow = Self.pool([kept]) { $0.perPass = 3 }
        #expect(Self.words(narrow.pass([], [], at: .zero)) == ["light": 3])
    }

    @Test("a class takes the executables and the shares that it is for")
    func lists() {
        let mosaics = Self.kind("mosaics", 2, 4096) { $0.executables = ["mosaic", "stack"] }
        let reserved = Self.kind("reserved", 2, 4096) { $0.reservedFor = ["DR1"] }
        func taken(_ demand: PilotPool.Demand, _ kinds: PilotClass...) -> [String: Int] {
            var pool = Self.pool(kinds)
            return Self.words(pool.pass([demand], [], at: .zero))
        }
        #expect(taken(Self.demand(1, executable: "stack"), mosaics) == ["mosaics": 1])
        #expect(taken(Self.demand(1, executable: "other"), mosaics) == [:])
        #expect(taken(Self.demand(1, share: "DR1"), reserved) == ["reserved": 1])
        #expect(taken(Self.demand(1, share: "DR2"), reserved) == [:])
        #expect(taken(Self.demand(1, share: "DR2"), reserved, Self.heavy) == ["heavy": 1])
        // Nor is one of another kind room for it.
        var pool = Self.pool([mosaics, Self.light])
        let orders = pool.pass(
            [Self.demand(1, executable: "other")], Self.pilots(1, "mosaics", .waiting), at: .zero)
        #expect(Self.words(orders) == ["light": 1])
    }

    @Test("numbers from outside do not overflow")
    func large() {
        var pool = Self.pool([Self.light])
        let demand = [
            Self.demand(.max, cores: 0, memory: 0, walltime: 0),
            Self.demand(.max, cores: .max, memory: .max, gpus: .max, walltime: .infinity),
            Self.demand(1, walltime: .nan),
        ]
        #expect(Self.words(pool.pass(demand, [], at: .zero)) == ["light": 1])
    }

    @Test("no cap is ever passed and nothing is submitted for nothing", arguments: 1...30)
    func random(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        func below(_ most: Int) -> Int { Int(numbers.next() % UInt64(most)) }
        for _ in 0..<60 {
            let kinds = (0...below(4)).map { number in
                Self.kind("k\(number)", 1 + below(32), 1024 * (1 + below(64))) {
                    $0.maxInstances = below(40)
                    $0.maxQueued = 1 + below(20)
                    $0.perPass = 1 + below(20)
                }
            }
            let most = 1 + below(60)
            var settings = SitePilots()
            (settings.classes, settings.maxQueued, settings.perPass) = (
                kinds, 1 + below(30), 1 + below(30)
            )
            var pool = PilotPool(settings: settings, most: most, interval: .seconds(20))
            var pilots: [PilotPool.Standing] = []
            for pass in 0..<20 {
                let demand = (0..<below(5)).map { _ in
                    Self.demand(below(200), cores: 1 + below(40), memory: 1 + below(70_000))
                }
                let orders = pool.pass(demand, pilots, at: .seconds(20 * pass))
                #expect(orders.reduce(0) { $0 + $1.count } <= settings.perPass)
                for order in orders {
                    guard let kind = kinds.first(where: { $0.name == order.kind }) else {
                        Issue.record("no class \(order.kind)")
                        continue
                    }
                    #expect(order.count > 0 && order.count <= kind.perPass)
                    #expect(demand.contains { $0.count > 0 && kind.takes($0) })
                    pilots += Self.pilots(order.count, order.kind, .submitted)
                    #expect(pilots.count { $0.kind == kind.name } <= kind.maxInstances)
                    #expect(
                        pilots.count { $0.kind == kind.name && $0.state != .running }
                            <= kind.maxQueued)
                }
                #expect(pilots.count <= most)
                if !orders.isEmpty {
                    #expect(pilots.count { $0.state != .running } <= settings.maxQueued)
                }
                // The same again asks for no more than is still missing.
                if orders.isEmpty {
                    #expect(pool.pass(demand, pilots, at: .seconds(20 * pass)).isEmpty)
                }
                for place in pilots.indices.reversed() {
                    switch below(6) {
                    case 0: pilots[place].state = .running
                    case 1: pilots[place].state = .unknown
                    case 2:
                        pool.end(pilots[place].kind, isDiscouraging: below(4) == 0)
                        pilots.remove(at: place)
                    default: break
                    }
                }
            }
        }
    }
}
