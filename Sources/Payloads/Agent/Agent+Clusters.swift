/// Attempts that were ordered together: one of them has room or waits for it, the others follow.
extension Agent {
    /// Puts an attempt in line: behind the others of its cluster, else behind all that wait.
    mutating func line(_ order: AttemptOrder) {
        waitingTokens[order.id] = order.token
        if let cluster = order.cluster {
            guard followers[cluster] == nil else {
                followers[cluster]?.append(order)
                return
            }
            followers[cluster] = []
        }
        waiting.append(order)
    }

    /// An attempt has ended, or never begins: the next of its cluster has the room that it had.
    mutating func follow(_ order: AttemptOrder) {
        guard let cluster = order.cluster else { return }
        if let next = followers[cluster]?.popFirst() {
            turns.append(next)
        } else {
            followers[cluster] = nil
        }
    }

    /// Forgets an attempt that has not begun.
    mutating func drop(_ id: String) {
        waitingTokens[id] = nil
        if let place = waiting.firstIndex(where: { $0.id == id }) {
            follow(waiting.remove(at: place))
        } else if let place = turns.firstIndex(where: { $0.id == id }) {
            follow(turns.remove(at: place))
        } else {
            for (cluster, orders) in followers {
                guard let place = orders.firstIndex(where: { $0.id == id }) else { continue }
                followers[cluster]?.remove(at: place)
                return
            }
        }
    }

    /// All that has not begun.
    var allWaiting: [AttemptOrder] {
        turns + waiting + followers.sorted { $0.key < $1.key }.flatMap(\.value)
    }
}
