import Catalogue
import Commands
import GroundSegment
import PostgreSQL

/// Looks at the orders until nothing more happens by itself.
struct StatusWatch {
    let connection: Connection
    let clock: MJD
    let survey: ID<SurveyPlan>?
    /// How long orders may wait for nothing but runners until that counts as the end.
    let patience: Duration
    let console: Console

    /// The longest and the shortest time between two looks.
    private static let pauses: ClosedRange<Duration> = .milliseconds(300)...(.seconds(30))

    /// How the orders stand when none goes on any more.
    ///
    /// Between two looks it waits ten times as long as one takes, so that many orders are looked
    /// at seldom.
    func run() async throws -> BlockedOrders {
        let time = ContinuousClock()
        var changed = time.now
        var before: BlockedOrders?
        while true {
            let begun = time.now
            let now = try await BlockedOrders.read(connection, clock: clock, survey: survey)
            if now.groups != before?.groups || now.open != before?.open { changed = time.now }
            before = now
            console.progress(
                "orders     \(now.completed) completed, \(now.goingOn) go on",
                ["\(now.blocked) blocked", "\(now.failed) failed"])
            if now.goingOn == 0, !now.waitsForRunners || time.now - changed >= patience {
                console.progress("")
                return now
            }
            let pause = min(
                max((time.now - begun) * 10, Self.pauses.lowerBound), Self.pauses.upperBound)
            try await Task.sleep(for: pause)
        }
    }
}
