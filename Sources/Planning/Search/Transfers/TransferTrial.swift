/// What a change of the transfers was before, so that it can be taken back.
final class TransferTrial {
    private struct Entry: BitwiseCopyable {
        let place: Int
        let volume: Double
    }

    private let entries: Lane<Entry>
    private var count = 0

    /// - Parameter capacity: the most that one change notes.
    init(capacity: Int) {
        entries = Lane(repeating: Entry(place: 0, volume: 0), count: capacity)
    }

    /// Notes what a place held.
    @inline(__always)
    func note(_ place: Int, _ volume: Double) {
        entries[count] = Entry(place: place, volume: volume)
        count += 1
    }

    /// Gives back what was noted, the last first, and forgets it.
    @inline(__always)
    func takeBack(_ restore: (_ place: Int, _ volume: Double) -> Void) {
        while count > 0 {
            count -= 1
            restore(entries[count].place, entries[count].volume)
        }
    }
}
