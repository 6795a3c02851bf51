import Documents

/// Makes one value of those of a link's sources (CWL 1.2, "Merging multiple inbound data links").
struct LinkValue {
    private let link: Link

    init(_ link: Link) {
        self.link = link
    }

    /// - Parameters:
    ///   - values: those of all sources that are there.
    ///   - name: what the value is for, in messages.
    /// - Throws: `CWLError` where the choice among null values does not hold.
    func value(from values: [Link.Source: JSONValue], of name: String) throws -> JSONValue {
        let found = link.sources.map { values[$0] ?? .null }
        guard link.pick != nil || link.isList else { return found.first ?? .null }
        var merged: JSONValue
        if !link.isList {
            merged = found.first ?? .null
        } else if link.merge == .flattened {
            merged = .list(
                found.flatMap { value in
                    if case .list(let values) = value { values } else { [value] }
                })
        } else {
            merged = .list(found)
        }
        if let pick = link.pick, case .list(let values) = merged {
            merged = try picked(pick, values, name)
        }
        return merged
    }

    private func picked(_ pick: Link.Pick, _ values: [JSONValue], _ name: String) throws
        -> JSONValue
    {
        let there = values.filter { $0 != .null }
        switch pick {
        case .allNonNull: return .list(there)
        case .firstNonNull:
            guard let first = there.first else {
                throw CWLError.failure("\(name): all sources are null, and one should not be")
            }
            return first
        case .onlyNonNull:
            guard there.count == 1 else {
                throw CWLError.failure(
                    "\(name): \(there.count) sources are not null, and one should be")
            }
            return there[0]
        }
    }
}
