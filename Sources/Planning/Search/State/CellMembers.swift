/// The items that may change by bucket and primary, so that a partner for an exchange can be drawn
/// from those that have the SDC which is wanted.
struct CellMembers: ~Copyable {
    /// By bucket, then SDC; each cell has room for all items of its bucket.
    private let items: Lane<Int32>
    private let counts: Lane<Int32>
    /// Each item's place in its cell.
    private let ranks: Lane<Int32>
    /// Of each bucket, where its cells begin, and how much room each has.
    private let starts: Lane<Int32>
    private let sdcCount: Int

    /// - Parameters:
    ///   - starts: of each bucket's items among those that may change; one more than buckets.
    ///   - itemCount: items in all.
    init(starts: [Int32], sdcCount: Int, itemCount: Int) {
        self.starts = Lane(starts)
        self.sdcCount = sdcCount
        items = Lane(repeating: 0, count: Int(starts.last ?? 0) * sdcCount)
        counts = Lane(repeating: 0, count: max(0, starts.count - 1) * sdcCount)
        ranks = Lane(repeating: -1, count: itemCount)
    }

    @inline(__always)
    private func start(_ bucket: Int, _ sdc: Int) -> Int {
        let first = Int(starts[bucket])
        return first * sdcCount + sdc * (Int(starts[bucket + 1]) - first)
    }

    /// Notes an item that may change.
    @inline(__always)
    func insert(_ item: Int, bucket: Int, sdc: Int) {
        let cell = bucket * sdcCount + sdc
        let rank = counts[cell]
        items[start(bucket, sdc) + Int(rank)] = Int32(truncatingIfNeeded: item)
        ranks[item] = rank
        counts[cell] = rank + 1
    }

    /// Moves an item to another SDC; what may not change is in no cell.
    @inline(__always)
    func move(_ item: Int, bucket: Int, from old: Int, to new: Int) {
        let rank = Int(ranks[item])
        guard rank >= 0 else { return }
        let cell = bucket * sdcCount + old
        let last = counts[cell] - 1
        counts[cell] = last
        let first = start(bucket, old)
        let moved = items[first + Int(last)]
        items[first + rank] = moved
        ranks[Int(moved)] = Int32(truncatingIfNeeded: rank)
        insert(item, bucket: bucket, sdc: new)
    }

    /// How many items a cell has.
    @inline(__always)
    func count(bucket: Int, sdc: Int) -> Int { Int(counts[bucket * sdcCount + sdc]) }

    /// One of them.
    @inline(__always)
    func item(_ rank: Int, bucket: Int, sdc: Int) -> Int { Int(items[start(bucket, sdc) + rank]) }
}
