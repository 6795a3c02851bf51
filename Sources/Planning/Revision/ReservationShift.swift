public import GroundSegment

/// An SDC of which other surveys use more or less than a plan was made with.
public struct ReservationShift: Hashable, Sendable, CustomStringConvertible {
    public let sdc: ID<SDC>
    /// The buckets in which the work that is reserved is another, by their names.
    public let buckets: [String]
    /// Core-hours of others within the period, and TB, as planned with and as they are now.
    public let work: (before: CoreHours, now: CoreHours)
    public let volume: (before: Terabytes, now: Terabytes)

    /// Where what is reserved is no longer what a distribution was made with, in its order.
    public static func all(
        from distribution: Distribution, to now: [ID<SDC>: [Reservation]]
    ) -> [ReservationShift] {
        let buckets = distribution.buckets
        return distribution.sdcs.compactMap { before in
            let after = before.with(reservations: now[before.id] ?? [])
            let changed = (0..<buckets.count).filter { bucket in
                let (old, new) = (
                    before.reserved(within: buckets[bucket]),
                    after.reserved(within: buckets[bucket])
                )
                return abs(old.value - new.value) > Bands.roundingTolerance
            }
            let (old, new) = (before.occupied - before.used, after.occupied - after.used)
            guard !changed.isEmpty || abs(old.value - new.value) > Bands.roundingTolerance else {
                return nil
            }
            return ReservationShift(
                sdc: before.id, buckets: changed.map(buckets.name),
                work: (
                    before.reserved(within: buckets.period), after.reserved(within: buckets.period)
                ),
                volume: (old, new))
        }
    }

    /// One line: `SDC-FR: others use 300000 core-hours, 250000 when it was planned (buckets ...)`.
    public var description: String {
        func whole(_ value: Double) -> String { String(Int(saturating: value.rounded())) }
        let first = buckets.prefix(3).joined(separator: ", ")
        let more = buckets.count > 3 ? " and \(buckets.count - 3) more" : ""
        return
            "\(sdc): others use \(whole(work.now.value)) core-hours and \(whole(volume.now.value))"
            + " TB in the period, \(whole(work.before.value)) and \(whole(volume.before.value)) when it"
            + " was planned" + (buckets.isEmpty ? "" : " (buckets \(first)\(more))")
    }

    public static func == (left: ReservationShift, right: ReservationShift) -> Bool {
        left.sdc == right.sdc && left.buckets == right.buckets && left.work == right.work
            && left.volume == right.volume
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(sdc)
        hasher.combine(buckets)
    }
}
