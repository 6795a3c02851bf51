import Catalogue
import Commands
import GroundSegment
import Planning

/// Reads what other surveys have published of the SDCs, for cases that ask for it.
struct ReservationReader {
    let database: DatabaseOptions

    /// The case with what is reserved; the same where it asks for nothing of the catalogue.
    ///
    /// - Throws: `CommandError` where the catalogue cannot be asked.
    func reserving(_ planningCase: PlanningCase) async throws -> PlanningCase {
        guard planningCase.reserved == .published else { return planningCase }
        do {
            let found = try await reportingErrors {
                try await PlanStore(try await database.open()).reservations(
                    besides: planningCase.survey.id, meeting: planningCase.period)
            }
            return planningCase.reserving(found)
        } catch let error as CommandError {
            throw CommandError(
                error.status,
                lines: ["reserved: published asks the catalogue for the plans of other surveys"]
                    + error.lines)
        }
    }

    /// Ends the command where a plan was made with what other surveys had published, and they have
    /// published something else since.
    static func refuseOutdated(_ plan: Plan, store: PlanStore) async throws {
        guard plan.reservesPublished else { return }
        let now = try await store.reservations(
            besides: plan.distribution.survey, meeting: plan.distribution.buckets.period)
        let shifts = ReservationShift.all(from: plan.distribution, to: now)
        guard !shifts.isEmpty else { return }
        throw CommandError(
            .stale,
            lines: shifts.map(\.description) + [
                "other surveys have published since this plan was made, and it counts on what they"
                    + " used then: plan again (cause: capacity)"
            ])
    }
}
