import Catalogue
import Commands
import Digests
import Foundation
import GroundSegment
import Ingestion
import Planning
import Tables

/// Finds what earlier plans bind: the base and the earlier periods that a case or the command
/// line names.
struct PrecedentReader {
    let planningCase: PlanningCase
    /// The folder to which the names of files are relative.
    let folder: String
    let database: DatabaseOptions

    /// What was found, and what has to be known about it.
    struct Found {
        var precedent = Precedent.none
        /// The rows of a base that is a table: its plan needs the problem.
        var rows: [AssignmentRow]?
        var inputs: [InputFile] = []
        var remarks: [String] = []
    }

    func read() async throws -> Found {
        let rules = planningCase.rules
        var found = Found()
        var published: [PublishedPlan] = []
        var store: PlanStore?
        if rules.base == .published || rules.history == .published {
            let open = PlanStore(try await reportingErrors { try await database.open() })
            published = try await reportingErrors {
                try await open.plans(of: planningCase.survey.id)
            }
            store = open
        }
        try await readBase(published, store, into: &found)
        let history = try await readHistory(published, store, into: &found)
        found.precedent = Precedent(
            base: found.precedent.base, digest: found.precedent.digest,
            taken: found.precedent.taken, history: history)
        found.remarks += remarks(found)
        return found
    }

    private func readBase(
        _ published: [PublishedPlan], _ store: PlanStore?, into found: inout Found
    ) async throws {
        switch planningCase.rules.base {
        case .none: break
        case .published:
            guard
                let newest = published.first(where: {
                    $0.period.intersection(planningCase.period) != nil
                }), let store
            else {
                found.remarks.append(
                    "base: nothing of survey \(planningCase.survey.id) is published for this"
                        + " period; planned without a base")
                return
            }
            let plan = try await read(newest, of: store)
            let taken = try await reportingErrors {
                try await store.takenItems(of: planningCase.survey.id)
            }
            found.precedent = Precedent(base: plan, digest: newest.digest, taken: taken)
        case .file(let name):
            let (path, bytes) = try file(name, key: "base")
            found.inputs.append(Self.input(name, bytes))
            if name.hasSuffix(".csv") {
                found.rows = try AssignmentTable.read(path)
                return
            }
            let (plan, digest) = try decode(bytes, of: path)
            guard plan.distribution.buckets.period.intersection(planningCase.period) != nil else {
                let period = plan.distribution.buckets.period
                throw CommandError(
                    .badInput,
                    "\(path): base: found the period \(period.start) to \(period.end), expected"
                        + " one that meets \(planningCase.period.start) to"
                        + " \(planningCase.period.end)")
            }
            found.precedent = Precedent(base: plan, digest: digest)
        }
    }

    private func readHistory(
        _ published: [PublishedPlan], _ store: PlanStore?, into found: inout Found
    ) async throws -> History {
        let start = planningCase.period.start
        switch planningCase.rules.history {
        case .none: return History()
        case .published:
            var plans: [Plan] = []
            for entry in published where entry.supersededAt == nil && entry.period.start < start {
                if let store { plans.append(try await read(entry, of: store)) }
            }
            return History(plans, before: start)
        case .file(let name):
            let (path, bytes) = try file(name, key: "history")
            guard name.hasSuffix(".json") else {
                throw CommandError(
                    .badInput, "\(path): history: found a table, expected a plan.json")
            }
            found.inputs.append(Self.input(name, bytes))
            return History([try decode(bytes, of: path).plan], before: start)
        }
    }

    private func read(_ entry: PublishedPlan, of store: PlanStore) async throws -> Plan {
        let text = try await reportingErrors {
            try await store.planJSON(of: entry.survey, revision: entry.revision)
        }
        let name = "revision \(entry.revision) of survey \(entry.survey)"
        return try decode(Data(text.utf8), of: name).plan
    }

    private func decode(_ bytes: Data, of name: String) throws -> (plan: Plan, digest: String) {
        let (plan, digest): (Plan, String)
        do throws(PlanDocumentError) {
            (plan, digest) = try PlanDocument.decode(bytes)
        } catch {
            throw CommandError(.badInput, lines: error.lines(file: name))
        }
        guard plan.distribution.survey == planningCase.survey.id else {
            throw CommandError(
                .badInput,
                "\(name): survey: found \(plan.distribution.survey), expected"
                    + " \(planningCase.survey.id), the survey of the case")
        }
        return (plan, digest)
    }

    private func file(_ name: String, key: String) throws -> (path: String, bytes: Data) {
        let path = name.hasPrefix("/") ? name : folder + "/" + name
        guard let bytes = try WholeFile.contents(path) else {
            throw CommandError(
                .badInput, "\(path): \(key): found no such file, expected a plan")
        }
        return (path, bytes)
    }

    private static func input(_ name: String, _ bytes: Data) -> InputFile {
        // A file of the command line is named without its folder, which is the machine's.
        let name = name.hasPrefix("/") ? (name as NSString).lastPathComponent : name
        return InputFile(name: name, sha256: SHA256Digest.hex(of: bytes), bytes: bytes.count)
    }

    /// What a planner should know that is no fault.
    private func remarks(_ found: Found) -> [String] {
        var remarks: [String] = []
        let hasBase = found.precedent.base != nil || found.rows != nil
        if let freeze = planningCase.rules.freezeBefore {
            if !hasBase {
                remarks.append("freeze: there is no base, so nothing is frozen")
            } else if freeze <= planningCase.period.start {
                remarks.append(
                    "freeze: \(freeze) is not after the period's start,"
                        + " \(planningCase.period.start), so nothing is frozen")
            } else if freeze >= planningCase.period.end {
                remarks.append(
                    "freeze: \(freeze) is not before the period's end,"
                        + " \(planningCase.period.end), so all observations that arrive within it"
                        + " are frozen")
            }
        }
        let missing = found.precedent.missingSDCs(planningCase.sdcs)
        if !missing.isEmpty {
            let names = missing.map(\.text).joined(separator: ", ")
            remarks.append(
                "base: \(names) \(missing.count == 1 ? "is" : "are") no longer among the SDCs;"
                    + " what was there moves")
        }
        return remarks
    }
}
