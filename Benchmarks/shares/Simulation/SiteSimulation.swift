import Campaigns
import GroundSegment
import HeapModule

/// What came of the orders at an SDC.
struct SiteAnswer: Encodable {
    let sdc: String
    /// Hours that each daily order waited beyond its release before it began.
    var waits: [Double] = []
    /// Days from the begin until the last job of the reprocessing ended; 0 where there was none.
    var reprocessingDays = 0.0
    /// Core-hours begun by either while both had work.
    var daily = 0.0
    var reprocessing = 0.0
}

/// One SDC: places that run a job each, two campaigns, events in their order.
struct SiteSimulation {
    let sdc: ID<SDC>
    let places: Int
    let width: Int
    let policy: QuarterSimulation.Policy
    let share: Double
    var reprocessing: Int
    let work: Double
    /// Days.
    let begin: Double

    private static let daily: ID<Campaign> = "daily"
    private static let bag: ID<Campaign> = "reprocessing"

    mutating func run(_ orders: [DailyOrder]) -> SiteAnswer {
        var answer = SiteAnswer(sdc: sdc.text)
        var ledger = ShareLedger()
        ledger.set(1 - share, for: Self.daily)
        ledger.set(share, for: Self.bag)
        let orders = orders.sorted { $0.release < $1.release }
        var next = 0
        var waiting: [DailyOrder] = []
        var head = 0
        var ends = Heap<Double>()
        var now = begin
        while true {
            while next < orders.count, orders[next].release <= now {
                waiting.append(orders[next])
                next += 1
            }
            while let end = ends.min, end <= now { ends.removeMin() }
            while ends.count < places {
                let hasDaily = head < waiting.count
                guard hasDaily || reprocessing > 0 else { break }
                if turn(hasDaily, &ledger) == Self.daily {
                    let order = waiting[head]
                    head += 1
                    answer.waits.append((now - order.release) * 24)
                    ledger.book(order.work, for: Self.daily)
                    if reprocessing > 0 { answer.daily += order.work.value }
                    ends.insert(now + order.work.value / Double(width) / 24)
                } else {
                    reprocessing -= 1
                    ledger.book(CoreHours(work), for: Self.bag)
                    if hasDaily { answer.reprocessing += work }
                    let end = now + work / Double(width) / 24
                    answer.reprocessingDays = max(answer.reprocessingDays, end - begin)
                    ends.insert(end)
                }
            }
            let coming = next < orders.count ? orders[next].release : .infinity
            let instant = min(coming, ends.min ?? .infinity)
            guard instant < .infinity else { return answer }
            now = max(now, instant)
        }
    }

    /// Whose job begins.
    private func turn(_ hasDaily: Bool, _ ledger: inout ShareLedger) -> ID<Campaign>? {
        guard hasDaily else { return Self.bag }
        guard reprocessing > 0 else { return Self.daily }
        switch policy {
        case .alone, .priority: return Self.daily
        // All of it was released before the first daily order.
        case .release: return Self.bag
        case .shares: return ledger.next(among: [Self.daily, Self.bag])
        }
    }
}
