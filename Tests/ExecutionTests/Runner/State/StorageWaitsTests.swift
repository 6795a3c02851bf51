import GroundSegment
import Testing

@testable import Execution

@Suite struct StorageWaitsTests {
    private let start = MJD(60_000)

    private func after(_ seconds: Double) -> MJD { start + seconds / 86400 }

    @Test("each pause is twice the one before it, up to the longest")
    func grows() {
        var waits = StorageWaits(pauses: 1...5)
        var pauses: [Double] = []
        for _ in 0..<5 {
            _ = waits.fail(.inputs(1), "full", at: start)
            pauses.append(waits[.inputs(1)]?.pause ?? 0)
        }
        #expect(pauses == [1, 2, 4, 5, 5])
        #expect(waits[.inputs(1)]?.tries == 5)
    }

    @Test("a reason is new the first time and when it is another one")
    func reasons() {
        var waits = StorageWaits(pauses: 1...5)
        var news: [Bool] = []
        for reason in ["full", "full", "read-only"] {
            news.append(waits.fail(.starts, reason, at: start))
        }
        waits.end(.starts)
        news.append(waits.fail(.starts, "read-only", at: start))
        #expect(news == [true, false, true, true])
        #expect(waits[.starts]?.pause == 1)
    }

    @Test("what is due is given once until it is known what came of it")
    func due() {
        var waits = StorageWaits(pauses: 2...8)
        _ = waits.fail(.outputs(3), "full", at: start)
        _ = waits.fail(.inputs(2), "full", at: start)
        #expect(waits.nextTime == after(2))
        var due = [1.9, 2.1, 3].map { waits.takeDue(at: after($0)) }
        #expect(due == [[], [.inputs(2), .outputs(3)], []])
        #expect(waits.nextTime == nil)
        _ = waits.fail(.outputs(3), "full", at: after(3))
        due = [6.9, 7.1].map { waits.takeDue(at: after($0)) }
        #expect(due == [[], [.outputs(3)]])
    }

    @Test("nothing of a run that is over waits")
    func ended() {
        var waits = StorageWaits(pauses: 2...8)
        _ = waits.fail(.outputs(3), "full", at: start)
        _ = waits.fail(.inputs(3), "full", at: start)
        _ = waits.fail(.inputs(4), "full", at: start)
        waits.end(run: 3)
        #expect(Set(waits.waits.keys) == [.inputs(4)])
    }

    @Test("a clock that was put back makes no pause longer")
    func clockBack() {
        var waits = StorageWaits(pauses: 2...8)
        _ = waits.fail(.starts, "full", at: start)
        #expect(waits.isPausing(.starts, at: after(1)))
        let due = waits.takeDue(at: after(-3600))
        #expect(due == [.starts])
    }
}
