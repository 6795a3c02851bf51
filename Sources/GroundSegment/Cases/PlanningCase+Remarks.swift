/// What is no fault of a case and may be a slip all the same.
extension PlanningCase {
    /// Kinds with values of their own that no observation of the period has.
    public var remarksOnKinds: [String] {
        let known = Set(survey.observations(in: period).map(\.kind))
        return processing.kinds.keys.sorted().filter { !known.contains($0) }.map { kind in
            let list = known.filter { !$0.isEmpty }.sorted().joined(separator: ", ")
            return "processing.observation.kinds.\(kind): no observation of the period is of this"
                + " kind; " + (list.isEmpty ? "none has a kind" : "there are \(list)")
        }
    }

    /// Reservations that leave nothing of a centre, and spans of one centre that overlap.
    public var remarksOnReservations: [String] {
        sdcs.filter { !$0.reservations.isEmpty }.flatMap { sdc in
            overReserved(sdc) + overlapping(sdc) + fullStorage(sdc)
        }
    }

    private func overReserved(_ sdc: SDC) -> [String] {
        let unreserved = sdc.with(reservations: [])
        return (0..<buckets.count).compactMap { bucket in
            let span = buckets[bucket]
            let (reserved, capacity) = (sdc.reserved(within: span), unreserved.capacity(over: span))
            guard reserved > capacity else { return nil }
            return "reserved: \(sdc.id) \(buckets.name(bucket)): \(whole(reserved.value))"
                + " core-hours of \(whole(capacity.value)) are reserved, so that nothing is left"
        }
    }

    private func overlapping(_ sdc: SDC) -> [String] {
        zip(sdc.reservations, sdc.reservations.dropFirst()).compactMap { first, second in
            guard first.window.intersection(second.window) != nil else { return nil }
            return "reserved: \(sdc.id): the spans from \(first.window.start.date) and"
                + " \(second.window.start.date) overlap; both count"
        }
    }

    private func fullStorage(_ sdc: SDC) -> [String] {
        guard sdc.occupied > sdc.storage else { return [] }
        return [
            "reserved: \(sdc.id): \(whole(sdc.occupied.value)) TB are used or reserved of"
                + " \(whole(sdc.storage.value)), so that nothing fits"
        ]
    }

    private func whole(_ value: Double) -> String { String(Int(saturating: value.rounded())) }
}
