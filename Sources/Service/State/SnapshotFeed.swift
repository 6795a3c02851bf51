import AsyncAlgorithms
import Catalogue
import Foundation
import GroundSegment
import Logging
import Planning
import PostgreSQL
import ServiceLifecycle

/// Keeps the board's state as the database has it: reads it again when a publication is notified,
/// and looks from time to time for what was not, and for where the data have come.
struct SnapshotFeed: ServiceLifecycle.Service {
    let address: String
    let board: StateBoard
    let logger: Logger
    /// How long at most until a publication without a notification is seen.
    var interval: Duration = .seconds(10)

    /// Runs until the service is asked to stop; a database that is gone is waited for.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Duration.milliseconds(100)
            while !Task.isCancelled {
                do {
                    try await follow { pause = .milliseconds(100) }
                } catch is CancellationError {
                    return
                } catch {
                    board.set(isConnected: false)
                    board.remind()
                    logger.warning("the catalogue is gone", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(2))
            }
        }
    }

    private enum WakeUp { case publication, time }

    /// Follows one session until it is lost or the service stops.
    private func follow(_ connected: () -> Void) async throws {
        let connection = try await DatabaseSessions.open(address, timeout: 120_000)
        try await Migrator().check(connection)
        let notifications = try await connection.listen(on: PublicationChannel.name)
        try await refresh(connection)
        connected()
        let wakeUps = merge(
            notifications.map { _ in WakeUp.publication },
            AsyncTimerSequence(interval: interval, clock: .continuous).map { _ in .time })
        for try await wakeUp in wakeUps {
            if wakeUp == .time { board.remind() }
            try await refresh(connection)
        }
        await connection.close()
    }

    private func refresh(_ connection: Connection) async throws {
        let reader = SnapshotReader(connection)
        let old = board.state
        let mark = try await DataPlaces.mark(connection)
        var places = old.places
        if mark != places.mark { places = try await DataPlaces.read(connection, mark: mark) }
        let orders = try await OrderCounts.read(connection)
        guard try await reader.plans() != old.snapshot.plans || !board.isReady else {
            if mark != old.places.mark || orders != old.orders {
                var state = old
                state.places = places
                state.orders = orders
                board.publish(state)
            }
            return
        }
        let snapshot = try await reader.read()
        let plans = try await documents(of: snapshot.plans, known: old.plans, connection)
        board.publish(
            ServedState(snapshot: snapshot, plans: plans, places: places, orders: orders))
        logger.info("serving", metadata: ["plans": "\(snapshot.plans.count)"])
    }

    /// The plans in force, decoded; each is decoded once.
    private func documents(
        of plans: [PublishedPlan], known: [String: Plan], _ connection: Connection
    ) async throws -> [String: Plan] {
        var documents: [String: Plan] = [:]
        for plan in plans where plan.state == .published {
            if let document = known[plan.digest] {
                documents[plan.digest] = document
                continue
            }
            let text = try await PlanStore(connection).planJSON(
                of: plan.survey, revision: plan.revision)
            do throws(PlanDocumentError) {
                documents[plan.digest] = try PlanDocument.decode(Data(text.utf8)).plan
            } catch {
                logger.warning(
                    "a published plan cannot be read",
                    metadata: ["plan": "\(plan.name)", "error": "\(error)"])
            }
        }
        return documents
    }
}
