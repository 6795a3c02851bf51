import ArgumentParser
import Catalogue
import Commands
import GroundSegment
import Planning

/// The base that a plan was made from, as a command names it.
enum BaseArgument: ExpressibleByArgument, Hashable {
    case newest, nothing
    /// A word that names a plan.
    case plan(String)

    init?(argument: String) {
        switch PlanWord(argument) {
        case .published: self = .newest
        case .other("none"): self = .nothing
        case .path, .revision, .digest: self = .plan(argument)
        case .other: return nil
        }
    }

    /// What a plan was made from: as the command says, else as the plan itself does.
    ///
    /// - Throws: `CommandError` where the word names no plan of the catalogue.
    static func resolve(
        _ argument: BaseArgument?, of reference: PlanReference, with finder: PlanFinder
    ) async throws -> Draft.Base {
        switch argument {
        case .newest: return .newest
        case .nothing: return .nothing
        case nil: return reference.plan.base.map { .planned($0) } ?? .newest
        case .plan(let word):
            guard case .digest(let prefix) = PlanWord(word) else {
                return .digest(try await finder.find(word, of: reference.survey).digest)
            }
            let survey = reference.survey
            let found = try await finder.store().distributions(digest: prefix, survey: survey)
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

extension Plan {
    /// Ends the command where a measure of the plan is outside its tolerance.
    ///
    /// - Parameter consequence: what follows from it: `nothing was published`.
    func refuseOutside(_ consequence: String) throws {
        let outside = measures.outside
        guard outside.isEmpty else {
            throw CommandError(
                .limitReached,
                lines: outside.map { cell in
                    "\(cell.tolerance.rawValue) \(cell.sdc)\(cell.bucket.map { " " + $0 } ?? ""): found"
                        + " \(rounded(cell.value)), expected \(rounded(cell.lower)) to"
                        + " \(rounded(cell.upper))"
                } + ["\(outside.count) cells are outside a tolerance; \(consequence)"])
        }
    }

    private func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
