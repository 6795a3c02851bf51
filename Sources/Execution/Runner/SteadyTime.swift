import GroundSegment

/// Instants that never go back, whatever is done to the machine's clock: one that was put back goes
/// on from where it was, so that what waits for a time waits no longer than it should.
struct SteadyTime: Hashable, Sendable {
    /// Days that the clock has been put back by.
    private var lead = 0.0
    private var last: MJD?

    /// The instant for what the clock says.
    mutating func time(_ clock: MJD) -> MJD {
        var time = clock + lead
        if let last, time < last {
            lead += last - time
            time = last
        }
        last = time
        return time
    }
}
