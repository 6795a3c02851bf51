import GroundSegment
import Testing

@Suite("Buckets")
struct BucketsTests {
    private func buckets(_ days: Double, length: Double) -> Buckets {
        Buckets(period: TimeWindow(start: MJD(61409), end: MJD(61409) + days), length: length)
    }

    @Test(
        "the last bucket takes the remainder",
        arguments: [
            (91.0, 7.0, 13, 7.0), (92, 7, 13, 8), (97.9, 7, 13, 13.9), (98, 7, 14, 7), (5, 7, 1, 5),
            (0.3, 0.1, 3, 0.1),
        ])
    func remainder(days: Double, length: Double, count: Int, last: Double) {
        let buckets = buckets(days, length: length)
        #expect(buckets.count == count)
        #expect(abs(buckets[count - 1].days - last) < 1e-6)
        #expect(buckets[count - 1].end == buckets.period.end)
    }

    @Test(
        "a boundary belongs to the bucket that it begins",
        arguments: [
            (0.0, 0), (6.999999, 0), (7, 1), (13.999999, 1), (14, 2), (84, 12),
        ])
    func boundaries(day: Double, bucket: Int) {
        #expect(buckets(91, length: 7).index(of: MJD(61409) + day) == bucket)
    }

    @Test("every bucket holds its own start", arguments: [7.0, 0.1, 1.0 / 3])
    func starts(length: Double) {
        let buckets = buckets(30, length: length)
        for index in 0..<buckets.count {
            #expect(buckets.index(of: buckets[index].start + 1e-9) == index)
        }
    }

    @Test("what lies after the period counts in the last bucket, what lies before in the first")
    func outside() {
        let buckets = buckets(92, length: 7)
        #expect(buckets.index(of: MJD(61409) + 91.5) == 12)
        #expect(buckets.index(of: MJD(61409) + 92) == 12)
        #expect(buckets.index(of: MJD(61409) + 500) == 12)
        #expect(buckets.index(of: MJD(61000)) == 0)
    }

    @Test("buckets follow each other without a hole and are named by their first day")
    func sequence() {
        let buckets = buckets(91, length: 7)
        for index in 1..<buckets.count {
            #expect(buckets[index].start == buckets[index - 1].end)
        }
        #expect(buckets.name(0) == "2027-01-04")
        #expect(buckets.name(2) == "2027-01-18")
    }
}
