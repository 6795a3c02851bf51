import Catalogue
import GroundSegment

/// An SDC's maintenance windows over all plans in force, each once and under a UID of its own
/// (RFC 5545 section 3.8.4.7).
struct MaintenanceEvents {
    struct Event {
        let uid: String
        let window: MaintenanceWindow
        /// The newest publication that has it.
        let published: PublishedPlan
    }

    /// By start.
    let events: [Event]

    /// - Parameter plans: the plans in force, each with the SDC's windows in it.
    ///
    /// A plan tells also of windows beyond its period, so that plans of consecutive periods tell of
    /// the same ones.  Windows of two plans that have a UID in common and overlap are one, as the
    /// newer publication has it.  A window whose UID no other has keeps the UID, also when it is
    /// moved; others, as of a series, are told apart by their start.
    init(
        sdc: ID<SDC>, plans: [(published: PublishedPlan, windows: [MaintenanceWindow])],
        names: inout UniqueNames
    ) {
        var kept: [(window: MaintenanceWindow, published: PublishedPlan)] = []
        let newestFirst = plans.sorted { $0.published.revision > $1.published.revision }
        for (published, windows) in newestFirst {
            // Those of one plan are different ones, whatever they have in common.
            let newer = Dictionary(grouping: kept, by: { Self.source($0.window, sdc) })
            for window in windows {
                let same = newer[Self.source(window, sdc)] ?? []
                guard !same.contains(where: { Self.overlap($0.window, window) }) else { continue }
                kept.append((window, published))
            }
        }
        kept.sort { ($0.window, $0.published.revision) < ($1.window, $1.published.revision) }
        let uses = Dictionary(grouping: kept) { Self.source($0.window, sdc) }.mapValues(\.count)
        var events: [Event] = []
        for (window, published) in kept {
            let source = Self.source(window, sdc)
            let start = window.window.start.basicISO8601
            let isAlone = !window.uid.isEmpty && uses[source] == 1
            let uid = names.name(
                isAlone ? source : "\(source)/\(start)",
                else: "\(source)/\(start)/\(window.window.end.basicISO8601)")
            events.append(Event(uid: uid, window: window, published: published))
        }
        self.events = events
    }

    private static func source(_ window: MaintenanceWindow, _ sdc: ID<SDC>) -> String {
        window.uid.isEmpty ? "maintenance-\(sdc)" : window.uid
    }

    private static func overlap(_ left: MaintenanceWindow, _ right: MaintenanceWindow) -> Bool {
        left.window == right.window || left.window.intersection(right.window) != nil
    }
}

/// Names of which none is given twice.
struct UniqueNames {
    private var given: Set<String> = []

    /// The name, where it has been given the other one, and where that has been too the other one
    /// with a number.
    mutating func name(_ name: String, else other: String) -> String {
        if given.insert(name).inserted { return name }
        var next = other
        var number = 1
        while !given.insert(next).inserted {
            number += 1
            next = "\(other)/\(number)"
        }
        return next
    }
}

extension MJD {
    /// Form 2 of RFC 5545 section 3.3.5: `20270119T060000Z`.
    var basicISO8601: String { iso8601.filter { $0 != "-" && $0 != ":" } }
}
