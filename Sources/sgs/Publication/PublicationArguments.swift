import ArgumentParser
import Catalogue
import Commands
import GroundSegment

/// The base that a plan was made from, as a command names it.
enum BaseArgument: ExpressibleByArgument {
    case newest, nothing
    case digest(String)

    init?(argument: String) {
        switch argument {
        case "published": self = .newest
        case "none": self = .nothing
        default:
            guard argument.count >= 8, argument.allSatisfy({ "0123456789abcdef".contains($0) })
            else { return nil }
            self = .digest(argument)
        }
    }

    /// What a plan was made from: as the command says, else as the plan itself does.
    ///
    /// - Throws: `CommandError` where a shortened digest is not one of the catalogue's.
    static func resolve(
        _ argument: BaseArgument?, of reference: PlanReference, in store: PlanStore
    ) async throws -> Draft.Base {
        if let argument {
            return try await argument.resolve(in: store, survey: reference.survey)
        }
        return reference.plan.base.map { .planned($0) } ?? .newest
    }

    private func resolve(in store: PlanStore, survey: ID<SurveyPlan>) async throws -> Draft.Base {
        switch self {
        case .newest: return .newest
        case .nothing: return .nothing
        case .digest(let prefix):
            let found = try await store.distributions(digest: prefix, survey: survey)
            guard found.count == 1 else {
                throw CommandError(
                    .unknownItem,
                    "--base: \(found.count) distributions of survey \(survey) begin with \(prefix), "
                        + "expected one")
            }
            return .digest(found[0].digest)
        }
    }
}

/// What becomes of items that move while a runner has their order, as a command names it.
enum RunningArgument: String, ExpressibleByArgument, CaseIterable {
    case keep, refuse

    var orders: RunningOrders {
        switch self {
        case .keep: .keep
        case .refuse: .refuse
        }
    }
}
