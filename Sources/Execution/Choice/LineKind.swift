import GroundSegment
import Workflows

/// What is the same for all payloads of a line: of them the one that waits longest is next.
struct LineKind: Hashable, Sendable {
    let amounts: Amounts
    let walltime: Double
    let category: String
    let limit: Int?
    let group: String
    let executable: String
    let share: String
    let virtualMemory: Int?
    let temporary: Int?
    let merit: Merit

    /// What gives a payload points, whatever the host is.
    struct Merit: Hashable, Sendable {
        var manual = 0
        var isRetry = false
        var order = 0
        var depth = 0
        var locality = 0.0
    }

    init<RunKey>(_ entry: ReadyQueue<RunKey>.Entry, isScored: Bool) {
        amounts = Amounts(entry.need)
        walltime = entry.need.walltime
        category = entry.category
        limit = entry.limit
        group = entry.group
        executable = entry.executable
        share = entry.share
        virtualMemory = entry.need.virtualMemory
        temporary = entry.need.temporary
        merit = isScored ? entry.merit : Merit()
    }

    /// Why no payload of this kind may start on a host, however much of it is free; `nil` where one
    /// may.
    func refusal(on room: HostRoom, at now: MJD) -> HostRefusal? {
        guard amounts.fits(in: room.total) else {
            return .tooLarge(amounts.missing(in: room.total))
        }
        guard room.terms.allows(executable: executable) else { return .executable }
        guard room.terms.allows(share: share) else { return .reserved }
        guard room.holds(walltime, from: now) else { return .ends }
        return nil
    }

    /// The largest part of what a host has that one of these takes.
    func size(on room: HostRoom) -> Double {
        func part(_ need: Int, _ total: Int) -> Double {
            need <= 0 ? 0 : Double(need) / Double(max(1, total))
        }
        return max(
            part(amounts.cores, room.total.cores), part(amounts.memory, room.total.memory),
            part(amounts.gpus, room.total.gpus))
    }
}

/// Why a payload never starts on a host.
public enum HostRefusal: Hashable, Sendable {
    /// What the whole host lacks.
    case tooLarge(Amounts)
    /// The host ends before its walltime would.
    case ends
    /// The host is for other executables.
    case executable
    /// The host is for other shares.
    case reserved
}

extension HostRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let missing):
            let parts = [
                (missing.cores, "cores"), (missing.memory, "MiB"), (missing.gpus, "GPUs"),
            ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            return "the host lacks \(parts.joined(separator: ", "))"
        case .ends: return "the host ends before its walltime"
        case .executable: return "the host is for other executables"
        case .reserved: return "the host is reserved for other shares"
        }
    }
}
