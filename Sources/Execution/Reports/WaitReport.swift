import Files
public import GroundSegment
import Markup
import Workflows

/// One line for each payload that waits, with the reason.
public struct WaitReport: Hashable, Sendable, Encodable {
    public internal(set) var rows: [WaitReason]
    /// Further ones, which are not told.
    public internal(set) var more = 0

    /// Of all runs that are in the hands of a runner which runs.
    public init(_ facts: RunnerFacts) {
        rows = facts.reasons
        more = facts.more
    }

    /// Of one run, as far as a store alone tells it.
    ///
    /// - Parameters:
    ///   - isServed: whether a runner serves the SDC.
    ///   - payload: only this one.
    ///   - limit: the most lines.
    /// - Throws: `ExecutionError` of code `unknownItem` where there is no such payload.
    public init(
        _ facts: RunFacts, payload: String? = nil, isServed: Bool, at now: MJD,
        limit: Int = .max
    ) throws {
        let life = facts.life
        let chosen = try payload.map { try facts.number($0) }
        func row(_ number: Int?, _ reason: String) -> WaitReason {
            WaitReason(
                run: facts.run.id.text, payload: number.map(life.path),
                state: number.map { life[$0].state.rawValue } ?? life.state.rawValue,
                reason: reason)
        }
        rows = []
        if life.state.isFinal { return }
        if !isServed { rows.append(row(nil, "no runner serves \(facts.sdc)")) }
        if life.state == .held { rows.append(row(nil, "held: \(life.message)")) }
        if life.state == .pending {
            if let reason = RunNeed.reason(facts.run.needs) {
                rows.append(row(nil, reason))
                return
            }
            rows.append(row(nil, "its inputs are being brought, or wait for that"))
            return
        }
        for number in chosen.map({ $0..<$0 + 1 }) ?? 0..<life.count where life.isCounted(number) {
            guard let reason = Self.reason(number, life, at: now) else { continue }
            if rows.count < limit { rows.append(row(number, reason)) } else { more += 1 }
        }
    }

    /// Why a payload waits; `nil` where it does not.
    private static func reason(_ number: Int, _ life: RunLife, at now: MJD) -> String? {
        let payload = life[number]
        let retry = payload.message.isEmpty ? "" : "; before: \(payload.message)"
        switch payload.state {
        case .held: return "held: \(payload.message)"
        case .unready: return parents(of: number, life)
        case .ready:
            if let time = payload.notBefore, time > now { return "not before \(time)\(retry)" }
            guard life.isProcess(number) else { return "what it holds is being looked for" }
            return "waits for \(words(life.request(number))), or for its turn\(retry)"
        case .assigned: return "its host has been asked to start it"
        case .standBy:
            let open = life.parts(of: number).filter { !life[$0].state.isFinal }.count
            return "waits for \(open) payloads that it asked for"
        case .running, .completed, .failed, .aborted, .pruned: return nil
        }
    }

    private static func parents(of number: Int, _ life: RunLife) -> String {
        if let holder = life.container(of: number),
            life[holder].state == .unready || life[holder].state == .held
        {
            return "waits for \(life.path(holder)) to begin"
        }
        let open = life.unfinishedParents(of: number)
        guard let first = open.first else { return "waits for the end of everything else" }
        let more = open.count > 1 ? " and \(open.count - 1) more" : ""
        return "waits for \(life.path(first)), \(life[first].state.rawValue)\(more)"
    }

    private static func words(_ resources: Resources?) -> String {
        guard let resources else { return "room" }
        let gpus = resources.gpus > 0 ? ", \(resources.gpus) GPUs" : ""
        return "\(resources.cores) cores, \(resources.memory) MiB\(gpus)"
    }

    /// The lines; "nothing waits" where there is none.
    public var text: String {
        guard !rows.isEmpty else { return "nothing waits" }
        var table = TextTable("RUN", "PAYLOAD", "STATE", "REASON")
        for row in rows { table.add(row.run, row.payload ?? "", row.state, row.reason) }
        return table.text + (more > 0 ? "\n\(more) more" : "")
    }

    /// Only what is about a payload, and about its run.
    public func about(payload: String, of facts: RunFacts) throws -> WaitReport {
        let path = facts.life.path(try facts.number(payload))
        var report = self
        report.rows = rows.filter { $0.payload == nil || $0.payload == path }
        report.more = 0
        return report
    }

    /// Several runs' lines as one report.
    public static func joined(_ reports: [WaitReport]) -> WaitReport {
        var all = WaitReport(rows: [])
        for report in reports {
            all.rows += report.rows
            all.more += report.more
        }
        return all
    }

    private init(rows: [WaitReason]) { self.rows = rows }
}

extension RunnerConfiguration {
    /// Whether a runner serves the SDC now.
    public var isServed: Bool { FileLock.isHeld("\(home)/lock") }
}
