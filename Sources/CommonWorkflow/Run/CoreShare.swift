/// The cores of the machine, of which commands take some while they run; who comes first is served
/// first.
actor CoreShare {
    private var free: Int
    private var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    init(_ count: Int) {
        free = count
    }

    /// Waits until so many are free, and takes them.
    func take(_ count: Int) async {
        if waiting.isEmpty, count <= free {
            free -= count
            return
        }
        await withCheckedContinuation { waiting.append((count, $0)) }
    }

    func give(_ count: Int) {
        free += count
        while let next = waiting.first, next.count <= free {
            free -= next.count
            waiting.removeFirst()
            next.continuation.resume()
        }
    }
}
