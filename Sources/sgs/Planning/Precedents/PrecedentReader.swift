import Catalogue
import Commands
import Digests
import Foundation
import GroundSegment
import Ingestion
import Planning
import Reporting

/// Reads what earlier plans bind (`PrecedentRules`): the base and the earlier periods that a case
/// or the command line names.
struct PrecedentReader {
    let planningCase: PlanningCase
    /// The folder to which the names of files are relative.
    let folder: String
    let database: DatabaseOptions

    /// What was found, and what has to be known about it.
    struct Found {
        var precedent = Precedent.none
        var inputs: [InputFile] = []
        var remarks: [String] = []
        /// The base, where it is a published plan.
        var published: PublishedPlan?
        /// Observations whose data will never come, with who said so.
        var lost: [ArrivalEvent] = []
        /// What has not been done of earlier buckets; `nil` where nothing says what is earlier.
        var backlog: Backlog?

        /// The base as the report tells it.
        var reported: Report.Base? {
            guard case .plan(let plan) = precedent.base else { return nil }
            return Report.Base(
                plan: plan,
                publication: published.map { published in
                    let approval = published.approval.map {
                        ", approved \($0.instant) by \($0.approver)"
                    }
                    return "revision \(published.revision), published \(published.publishedAt) by"
                        + " \(published.author)\(approval ?? "")"
                })
        }
    }

    private var rules: PrecedentRules { PrecedentRules(planningCase) }

    func read() async throws -> Found {
        let sources = planningCase.rules
        var found = Found()
        var published: [PublishedPlan] = []
        var store: PlanStore?
        if sources.base == .published || sources.history == .published {
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
        found.remarks += rules.remarks(found.precedent).map(\.description)
        return found
    }

    private func readBase(
        _ published: [PublishedPlan], _ store: PlanStore?, into found: inout Found
    ) async throws {
        switch planningCase.rules.base {
        case .none: break
        case .published:
            guard
                let newest = published.first(where: { rules.isBase($0.period) }), let store
            else {
                found.remarks.append(
                    PrecedentRemark.nothingPublished(planningCase.survey.id).description)
                return
            }
            let plan = try await read(newest, of: store)
            let taken = try await reportingErrors {
                try await store.takenItems(of: planningCase.survey.id)
            }
            found.precedent = Precedent(base: plan, digest: newest.digest, taken: taken)
            found.published = newest
            let lost = try await reportingErrors {
                try await store.arrivals.newest(of: planningCase.survey.id, kind: .lost)
            }
            let planned = Set(
                planningCase.survey.observations(in: planningCase.period).map(\.id))
            found.lost = lost.filter { planned.contains($0.observation) }
            found.remarks += found.lost.map(\.remark)
            if let instant = planningCase.rules.freezeBefore {
                let unfinished = try await reportingErrors {
                    try await store.unfinished(of: planningCase.survey.id, before: instant)
                }
                let backlog = Backlog(unfinished, of: plan, before: instant)
                found.backlog = backlog
                found.remarks += backlog.remarks
            }
        case .file(let name):
            let (path, bytes) = try file(name, key: "base")
            let input = Self.input(name, bytes)
            found.inputs.append(input)
            if name.hasSuffix(".csv") {
                found.precedent = Precedent(base: .table(try table(path)), digest: input.sha256)
                return
            }
            let (plan, digest) = try decode(bytes, of: path)
            try checking(path) { () throws(PrecedentError) in try rules.checkBase(plan) }
            found.precedent = Precedent(base: plan, digest: digest)
        }
    }

    private func readHistory(
        _ published: [PublishedPlan], _ store: PlanStore?, into found: inout Found
    ) async throws -> History {
        switch planningCase.rules.history {
        case .none: return History()
        case .published:
            var plans: [Plan] = []
            for entry in published
            where rules.isEarlier(entry.period, isSuperseded: entry.supersededAt != nil) {
                if let store { plans.append(try await read(entry, of: store)) }
            }
            return rules.history(plans)
        case .file(let name):
            let (path, bytes) = try file(name, key: "history")
            guard name.hasSuffix(".json") else {
                throw CommandError(
                    .badInput, "\(path): history: found a table, expected a plan.json")
            }
            found.inputs.append(Self.input(name, bytes))
            return rules.history([try decode(bytes, of: path).plan])
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
        try checking(name) { () throws(PrecedentError) in try rules.check(plan) }
        return (plan, digest)
    }

    /// Ends the command where a plan cannot precede the case.
    private func checking(_ name: String, _ check: () throws(PrecedentError) -> Void) throws {
        do throws(PrecedentError) { try check() } catch {
            throw CommandError(.badInput, "\(name): \(error)")
        }
    }

    private func table(_ path: String) throws -> AssignmentTable {
        do throws(IngestionError) {
            return try AssignmentTableReader.read(path)
        } catch {
            throw CommandError(.badInput, lines: error.diagnostics.map(\.description))
        }
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
}

extension ArrivalEvent {
    /// One line: why an observation is left out.
    fileprivate var remark: String {
        let why = comment.isEmpty ? "" : ": \(comment)"
        return "observation \(observation) is left out: its data never came, said \(actor) at"
            + " \(instant)\(why)"
    }
}

extension PlanningCase {
    /// The same case without some observations.
    func leavingOut(_ lost: [ArrivalEvent]) -> PlanningCase {
        guard !lost.isEmpty else { return self }
        let ids = Set(lost.map(\.observation))
        let pins = rules.pins.filter { pin in
            if case .observation(let id) = pin.item { !ids.contains(id) } else { true }
        }
        return with(
            sdcs: sdcs,
            rules: ItemRules(
                pins: pins, prohibitions: rules.prohibitions, freezeBefore: rules.freezeBefore,
                base: rules.base, history: rules.history)
        ).with(
            survey: SurveyPlan(
                id: survey.id, observations: survey.observations.filter { !ids.contains($0.id) },
                scales: survey.scales, remarks: survey.remarks))
    }
}
