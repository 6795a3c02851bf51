/// A part of a ring between two parallels: boxes of neighbouring tiles as one.
struct RingStrip {
    let south: Double
    let north: Double
    let west: Double
    var east: Double

    private static func precedes(_ left: RingStrip, _ right: RingStrip) -> Bool {
        (left.south, left.north, left.west) < (right.south, right.north, right.west)
    }

    private func touches(_ next: RingStrip) -> Bool {
        south == next.south && north == next.north && abs(east - next.west) < 1e-9
    }

    /// The fewest strips that make up `strips`, which do not overlap.
    static func merged(_ strips: [RingStrip]) -> [RingStrip] {
        var merged: [RingStrip] = []
        for strip in strips.sorted(by: precedes) {
            if let last = merged.last, last.touches(strip) {
                merged[merged.count - 1].east = strip.east
            } else {
                merged.append(strip)
            }
        }
        return merged
    }
}
