import Catalogue
import Commands
import Foundation
import GroundSegment
import Planning

/// Which plan a command is about: a file, or a distribution of the catalogue.
struct PlanReference {
    let plan: Plan
    let bytes: Data
    let digest: String

    var survey: ID<SurveyPlan> { plan.distribution.survey }

    /// The plan of a file or run's folder, or else the one of the catalogue whose digest begins
    /// with `text`.
    ///
    /// - Throws: `CommandError` where there is none, or more than one, or it cannot be read.
    static func find(_ text: String, in store: PlanStore) async throws -> PlanReference {
        let isDigest = text.count >= 8 && text.allSatisfy { "0123456789abcdef".contains($0) }
        guard isDigest, !FileManager.default.fileExists(atPath: text) else {
            let (plan, bytes, digest) = try readPlan(text)
            return PlanReference(plan: plan, bytes: bytes, digest: digest)
        }
        let found = try await store.distributions(digest: text)
        guard let record = found.first else {
            throw CommandError(.unknownItem, "the catalogue has no distribution \(text)")
        }
        guard found.count == 1 else {
            let list = found.map { "\($0.digest.prefix(16)) of \($0.survey)" }
            throw CommandError(
                .usage, "several distributions begin with \(text): " + list.joined(separator: ", "))
        }
        return try PlanReference(
            text: try await store.planJSON(of: record.survey, digest: record.digest),
            name: "distribution \(record.digest.prefix(12))")
    }

    /// The number of a revision, where `text` is one and no file of that name is there.
    static func revision(_ text: String) -> Int? {
        guard text.count < 8, !FileManager.default.fileExists(atPath: text) else { return nil }
        return Int(text)
    }

    /// The plan of a published revision.
    ///
    /// - Throws: `CommandError` where it cannot be read; what the catalogue throws.
    static func find(
        revision: Int, of survey: ID<SurveyPlan>, in store: PlanStore
    ) async throws -> PlanReference {
        try PlanReference(
            text: try await store.planJSON(of: survey, revision: revision),
            name: "revision \(revision) of survey \(survey)")
    }

    /// The word for the plan in force.
    static let published = "published"

    /// The newest plan in force of a survey, or the newest of those that meet `period`, and what
    /// to call it.
    ///
    /// - Throws: `CommandError` where there is none or it cannot be read.
    static func inForce(
        of survey: ID<SurveyPlan>, meeting period: TimeWindow? = nil, in store: PlanStore
    ) async throws -> (plan: PlanReference, name: String) {
        guard let entry = try await store.planInForce(of: survey, meeting: period) else {
            throw CommandError(
                .unknownItem,
                "survey \(survey) has no plan in force"
                    + (period.map { " from \($0.start.date) to \($0.end.date)" } ?? ""))
        }
        return (
            try await find(revision: entry.revision, of: survey, in: store),
            "revision \(entry.revision) of survey \(survey)"
        )
    }
}

extension PlanReference {
    /// - Parameters:
    ///   - text: a plan.json of the catalogue.
    ///   - name: what to call it where it cannot be read.
    private init(text: String, name: String) throws {
        let bytes = Data(text.utf8)
        do throws(PlanDocumentError) {
            let (plan, digest) = try PlanDocument.decode(bytes)
            self.init(plan: plan, bytes: bytes, digest: digest)
        } catch {
            throw CommandError(.badInput, lines: error.lines(file: name))
        }
    }
}
