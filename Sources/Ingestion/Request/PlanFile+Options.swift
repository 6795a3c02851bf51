import Documents
import GroundSegment

extension PlanFile {
    /// The tolerances T1 to T4.
    static func balance(_ root: DocumentObject) -> Balance? {
        guard let section = root.object("balance") else { return nil }
        section.check(keys: ["work", "observations", "storage", "gap"])
        let shares = ["work", "observations", "storage"].map { section.number($0, .deviation) }
        let gap = section.number("gap", .gap)
        guard let work = shares[0], let observations = shares[1], let storage = shares[2], let gap
        else { return nil }
        return Balance(work: work, observations: observations, storage: storage, gap: gap)
    }

    /// The weights of S, F and of borders between tiles; those of `Weights` where the request has none.
    static func weights(_ root: DocumentObject) -> Weights? {
        let standard = Weights()
        guard root.has("weights") else { return standard }
        guard let section = root.object("weights") else { return nil }
        section.check(keys: ["stability", "failover", "compact"])
        let stability = section.number("stability", .weight, default: standard.stability)
        let failover = section.number("failover", .weight, default: standard.failover)
        let compact = section.number("compact", .weight, default: standard.compact)
        guard let stability, let failover, let compact else { return nil }
        return Weights(stability: stability, failover: failover, compact: compact)
    }

    /// What the planner is asked for; the standards of `PlanningOptions` where nothing is said.
    static func options(_ root: DocumentObject) -> PlanningOptions? {
        let standard = PlanningOptions()
        let effort = root.choice("effort", default: standard.effort)
        let seed = root.natural("seed", default: standard.seed)
        let limits = root.object("limits", required: false)
        limits?.check(keys: ["time", "gap"])
        let time = limits?.optionalNumber("time", .planningTime)
        let gap = limits?.optionalNumber("gap", .deviation)
        guard let effort, let seed else { return nil }
        return PlanningOptions(effort: effort, seed: seed, timeLimit: time, gapLimit: gap)
    }
}
