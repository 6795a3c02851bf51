import Glibc

/// The processes that attempts have orphaned, and whose each is.
struct Orphans {
    private var known: [pid_t: Orphan] = [:]

    private struct Orphan {
        let start: UInt64
        /// The attempts of which it can be one's.
        let owners: Set<String>
    }

    var isEmpty: Bool { known.isEmpty }

    /// An attempt that may own an orphan.
    struct Owner {
        let id: String
        /// Its main process, which leads a session.
        let process: pid_t
        let mark: [[UInt8]]
        /// Its folder's lock, which what it starts keeps open.
        let lock: FileIdentity?
    }

    /// Looks at the children of the process that adopts orphans.
    ///
    /// An orphan is the attempt's that its environment, its session or an open descriptor names; one
    /// that names none may be that of any attempt that lives when it is first seen.
    mutating func update(children: [pid_t], owners: [Owner]) {
        var found: [pid_t: Orphan] = [:]
        for child in children {
            guard let facts = ProcessFacts(child), !facts.isZombie else { continue }
            if let orphan = known[child], orphan.start == facts.start {
                found[child] = orphan
                continue
            }
            let files = FileIdentity.open(in: child)
            let owner = owners.first {
                $0.process == facts.session || ProcessFacts.environment(of: child, has: $0.mark)
                    || $0.lock.map(files.contains) == true
            }
            found[child] = Orphan(
                start: facts.start, owners: owner.map { [$0.id] } ?? Set(owners.map(\.id)))
        }
        known = found
    }

    /// The orphans that can be nobody's but the attempt's, of those that live.
    func only(of id: String, alive: Set<String>) -> [pid_t] {
        known.filter {
            $0.value.owners.contains(id)
                && $0.value.owners.isDisjoint(with: alive.subtracting([id]))
        }.map(\.key)
    }

    /// The orphans of which every possible owner has ended.
    func abandoned(alive: Set<String>) -> [pid_t] {
        known.filter { $0.value.owners.isDisjoint(with: alive) }.map(\.key)
    }

    /// The orphans that are surely the attempt's.
    func surely(of id: String) -> [pid_t] {
        known.filter { $0.value.owners == [id] }.map(\.key)
    }
}
