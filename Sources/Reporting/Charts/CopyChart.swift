import GroundSegment
import Markup

/// The copies for MER that an SDC receives and sends, by bucket; one scale for all SDCs.
struct CopyChart {
    let sdc: SDC
    let received: [Int]
    let sent: [Int]
    /// The most of any SDC and bucket.
    let most: Int
    let buckets: Buckets

    func fragment() -> Fragment {
        let frame = ChartFrame(buckets: buckets, height: 84, top: 10, bottom: 62)
        return frame.drawing(
            "copies", title: "Copies to and from \(sdc.id) by bucket",
            summary: "\(received.reduce(0, +)) received, \(sent.reduce(0, +)) sent",
            [
                frame.level(0, "0"), frame.level(1, NumberText.grouped(most)),
                .group(
                    received.indices.map { bucket in
                        [
                            bar(frame, bucket, received[bucket], 0.12, "received"),
                            bar(frame, bucket, sent[bucket], 0.5, "sent"),
                        ]
                    }), frame.days(),
            ])
    }

    private func bar(
        _ frame: ChartFrame, _ bucket: Int, _ count: Int, _ shift: Double, _ name: String
    ) -> Fragment {
        guard count > 0 else { return [] }
        let span = buckets[bucket]
        let (from, to) = (frame.x(span.start), frame.x(span.end))
        let height = frame.y(Double(count) / Double(max(most, 1)))
        return frame.rectangle(
            from + (to - from) * shift, height, (to - from) * 0.38, frame.bottom - height, name,
            "\(buckets.name(bucket)): \(NumberText.count(count, "copy", "copies")) \(name)")
    }
}
