import Testing

@testable import Payloads

@Suite struct RoomTests {
    @Test("what is claimed is not free until it is released")
    func claims() throws {
        var room = Room(cores: 3, memory: 100)
        let firstClaim = room.claim(Need(cores: 2, memory: 60))
        let first = try #require(firstClaim)
        #expect(room.freeCores == 1)
        #expect(room.freeMemory == 40)
        #expect(room.claim(Need(cores: 1, memory: 41)) == nil)
        #expect(room.claim(Need(cores: 2, memory: 1)) == nil)
        room.release(first)
        #expect(room == Room(cores: 3, memory: 100))
    }

    @Test("GPUs are given out by name, each to one at a time")
    func gpus() throws {
        var room = Room(cores: 9, memory: 9, gpus: ["0", "1", "2"])
        let firstClaim = room.claim(Need(gpus: 2))
        let first = try #require(firstClaim)
        #expect(first.gpus == ["0", "1"])
        let secondClaim = room.claim(Need(gpus: 1))
        let second = try #require(secondClaim)
        #expect(second.gpus == ["2"])
        #expect(room.claim(Need(gpus: 1)) == nil)
        room.release(first)
        #expect(room.claim(Need(gpus: 1))?.gpus == ["0"])
    }

    @Test("what never fits is told with every resource and the missing amount")
    func shortfall() {
        let room = Room(cores: 4, memory: 100, gpus: ["0"])
        #expect(room.shortfall(Need(cores: 4, memory: 100, gpus: 1)) == nil)
        let shortfall = room.shortfall(Need(cores: 6, memory: 50, gpus: 3))
        #expect(
            shortfall?.amounts == [
                .init(resource: .cores, needed: 6, present: 4),
                .init(resource: .gpus, needed: 3, present: 1),
            ])
        #expect(
            shortfall?.description
                == "needs 2 cores more than the 4 there are and 2 GPUs more than the 1 there are")
    }

    @Test("what was found there counts, whatever is free")
    func occupied() {
        var room = Room(cores: 2, memory: 10)
        let large = room.occupy(Need(cores: 3, memory: 20))
        #expect(room.claim(Need()) == nil)
        room.release(large)
        #expect(room.claim(Need(cores: 2)) != nil)
    }
}
