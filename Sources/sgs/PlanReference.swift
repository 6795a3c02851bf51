import Catalogue
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
    /// - Throws: `CommandFailure` where there is none, or more than one, or it cannot be read.
    static func find(_ text: String, in store: PlanStore) async throws -> PlanReference {
        let isDigest = text.count >= 8 && text.allSatisfy { "0123456789abcdef".contains($0) }
        guard isDigest, !FileManager.default.fileExists(atPath: text) else {
            let (plan, bytes, digest) = try readPlan(text)
            return PlanReference(plan: plan, bytes: bytes, digest: digest)
        }
        let found = try await store.distributions(digest: text)
        guard let record = found.first else {
            throw CommandFailure(.unknownItem, "the catalogue has no distribution \(text)")
        }
        guard found.count == 1 else {
            let list = found.map { "\($0.digest.prefix(16)) of \($0.survey)" }
            throw CommandFailure(
                .usage, "several distributions begin with \(text): " + list.joined(separator: ", "))
        }
        let bytes = Data(
            try await store.planJSON(of: record.survey, digest: record.digest).utf8)
        do throws(PlanDocumentError) {
            let (plan, digest) = try PlanDocument.decode(bytes)
            return PlanReference(plan: plan, bytes: bytes, digest: digest)
        } catch {
            throw CommandFailure(
                .badInput, lines: error.lines(file: "distribution \(record.digest.prefix(12))"))
        }
    }
}
