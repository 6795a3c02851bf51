import GroundSegment
import Markup
import Reporting
import Testing

@Suite struct CourseChartTests {
    private static let start = MJD(61_000)

    private static func points(_ done: [Int], due: [Int]) -> [CourseChart.Point] {
        zip(done, due).enumerated().map { week, counts in
            CourseChart.Point(
                instant: start + 7 * Double(week), due: counts.1, done: counts.0)
        }
    }

    @Test("what is done ends at the present, and the way to the end begins there")
    func course() {
        let now = Self.start + 17.5
        let text = CourseChart(
            title: "Progress", points: Self.points([0, 10, 20, 30], due: [0, 20, 40, 40]),
            total: 40, now: now,
            end: CourseChart.End(
                expected: Self.start + 28, earliest: Self.start + 25, latest: Self.start + 35)
        ).fragment.html
        #expect(text.contains("30 of 40 are done"))
        // 35 days over 340 units: the present is at 48 + 170, three quarters of 116 up.
        #expect(text.contains("class=\"now\""))
        #expect(text.contains("L218 43L"), "\(text)")
        #expect(
            text.contains("<path class=\"expected\" d=\"M218 43L320 14\"")
                || text.contains("d=\"M218 43L320 14\" class=\"expected\""), "\(text)")
    }

    @Test("an end that lies far off is cut, and what it leads to is on the edge")
    func far() {
        let text = CourseChart(
            title: "Progress", points: Self.points([0, 1], due: [0, 100]), total: 100,
            now: Self.start + 7,
            end: CourseChart.End(
                expected: Self.start + 700, earliest: Self.start + 500,
                latest: Self.start + 70_000)
        ).fragment.html
        #expect(text.contains("L388 14L388"), "\(text)")
    }

    @Test("nothing is drawn of no time")
    func none() {
        let chart = CourseChart(
            title: "Progress", points: Self.points([0], due: [0]), total: 0, now: Self.start,
            end: nil)
        #expect(chart.fragment.html.isEmpty)
    }
}
