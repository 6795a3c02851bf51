import Catalogue
import Commands
import Foundation
import GroundSegment
import Planning
import PostgreSQL

/// Finds the plan that a word names, on the disk or in the catalogue, which is opened only where
/// that is needed.
///
/// Errors say what was looked for.
final class PlanFinder {
    private let database: DatabaseOptions
    private let use: DatabaseOptions.Use
    private let survey: ID<SurveyPlan>?
    private var opened: Connection?

    /// - Parameters:
    ///   - use: what else the session with the catalogue is for.
    ///   - survey: the survey that revisions are of; `nil` for the only one of the catalogue.
    init(_ database: DatabaseOptions, for use: DatabaseOptions.Use = .answer, survey: String? = nil)
    {
        self.database = database
        self.use = use
        self.survey = survey.map { ID($0) }
    }

    /// The session with the catalogue, one for all that is asked.
    func connection() async throws -> Connection {
        if let opened { return opened }
        let connection = try await database.open(for: use)
        opened = connection
        return connection
    }

    /// The distributions of the catalogue.
    func store() async throws -> PlanStore { PlanStore(try await connection()) }

    /// The survey that was named, or `other`, or the only one of the catalogue.
    func survey(or other: ID<SurveyPlan>? = nil) async throws -> ID<SurveyPlan> {
        try await OwnershipStore(try await connection()).survey(named: survey ?? other)
    }

    /// The plan that `word` names.
    ///
    /// - Parameters:
    ///   - other: the survey of revisions, where none was named.
    ///   - period: what the plan in force has to meet; `nil` for the newest.
    /// - Throws: `CommandError` where there is none, or more than one, or it cannot be read; what
    ///   the catalogue throws.
    func find(
        _ word: String, of other: ID<SurveyPlan>? = nil, meeting period: TimeWindow? = nil
    ) async throws -> PlanReference {
        switch PlanWord(word) {
        case .published: return try await inForce(of: other, meeting: period)
        case .path(let path):
            let run = try Self.run(of: path)
            let (plan, bytes, digest) = try readPlan(run)
            return PlanReference(
                plan: plan, bytes: bytes, digest: digest, name: path, folder: Self.folder(of: run))
        case .revision(let number):
            return try await find(
                revision: number, of: try await survey(or: other), calledBy: word)
        case .digest(let prefix): return try await find(digest: prefix)
        case .other:
            throw CommandError(
                .badInput,
                "\(word): found no plan; looked for a file or folder of that name with a plan.json;"
                    + " the word is not published, no revision's number and no digest (8 to 64"
                    + " of 0-9 and a-f)")
        }
    }

    /// The plan of a published revision, whatever has become of it since.
    ///
    /// - Parameter word: by which it was named; `nil` where that was not by its number.
    /// - Throws: as `find(_:of:meeting:)`.
    func find(
        revision: Int, of survey: ID<SurveyPlan>, calledBy word: String? = nil
    ) async throws -> PlanReference {
        let records = try await store().log(of: survey)
        guard let record = records.first(where: { $0.revision == revision }) else {
            let newest = records.compactMap(\.revision).max()
            throw CommandError(
                .unknownItem,
                "\(word ?? "\(revision)"): found no plan; looked for a file or folder of that name,"
                    + " and for revision \(revision) of survey \(survey), "
                    + (newest.map { "whose newest is \($0)" } ?? "which has none"))
        }
        return try reference(
            try await store().planJSON(of: survey, revision: revision), record,
            name: "revision \(revision) of survey \(survey)")
    }

    /// The plan of the catalogue whose digest begins with `prefix`; of one that was proposed or
    /// published several times the newest.
    private func find(digest prefix: String) async throws -> PlanReference {
        let found = try await store().distributions(digest: prefix, survey: survey)
        guard let record = found.first else {
            throw CommandError(
                .unknownItem,
                "\(prefix): found no plan; looked for a file or folder of that name, and the"
                    + " catalogue has no distribution \(prefix)")
        }
        guard found.count == 1 else {
            let list = found.map { "\($0.digest.prefix(16)) of \($0.survey)" }
            throw CommandError(
                .usage,
                "several distributions begin with \(prefix): " + list.joined(separator: ", "))
        }
        return try reference(
            try await store().planJSON(of: record.survey, digest: record.digest), record,
            name: record.revision.map { "revision \($0) of survey \(record.survey)" }
                ?? "distribution \(record.digest.prefix(12))")
    }

    private func inForce(
        of other: ID<SurveyPlan>?, meeting period: TimeWindow?
    ) async throws -> PlanReference {
        let survey = try await survey(or: other)
        guard let entry = try await store().planInForce(of: survey, meeting: period) else {
            throw CommandError(
                .unknownItem,
                "survey \(survey) has no plan in force"
                    + (period.map { " from \($0.start.date) to \($0.end.date)" } ?? ""))
        }
        return try await find(revision: entry.revision, of: survey)
    }

    /// - Parameters:
    ///   - text: a plan.json of the catalogue.
    ///   - name: what to call it, also where it cannot be read.
    private func reference(
        _ text: String, _ record: DistributionRecord, name: String
    ) throws -> PlanReference {
        let bytes = Data(text.utf8)
        do throws(PlanDocumentError) {
            let (plan, digest) = try PlanDocument.decode(bytes)
            return PlanReference(
                plan: plan, bytes: bytes, digest: digest, name: name, record: record)
        } catch {
            throw CommandError(.badInput, lines: error.lines(file: name))
        }
    }

    /// The run that a path means: a case stands for the run of its name.
    private static func run(of path: String) throws -> String {
        let isRun = FileManager.default.fileExists(atPath: path + "/plan.json")
        let isCase =
            path.hasSuffix(".yaml") || FileManager.default.fileExists(atPath: path + "/plan.yaml")
        guard !isRun, isCase else { return path }
        let folder = "reports/\(try readCase(path).name)"
        guard FileManager.default.fileExists(atPath: folder + "/plan.json") else {
            throw CommandError(
                .badInput,
                "\(folder): found no plan.json, expected that of the case \(path):"
                    + " plan it first")
        }
        return folder
    }

    /// The folder that holds the plan.json of a run's folder or file.
    private static func folder(of run: String) -> String {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: run, isDirectory: &isFolder)
        if isThere, isFolder.boolValue { return run }
        let folder = (run as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }
}

/// Reads a plan.json, or ends the command with what is wrong with it.
///
/// - Parameter path: the file, or the folder that holds it.
func readPlan(_ path: String) throws -> (plan: Plan, bytes: Data, digest: String) {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let file = isThere && isFolder.boolValue ? path + "/plan.json" : path
    guard let bytes = try WholeFile.contents(file) else {
        throw CommandError(.badInput, "\(file): found no such file, expected a plan.json")
    }
    do throws(PlanDocumentError) {
        let (plan, digest) = try PlanDocument.decode(bytes)
        return (plan, bytes, digest)
    } catch {
        throw CommandError(.badInput, lines: error.lines(file: file))
    }
}
