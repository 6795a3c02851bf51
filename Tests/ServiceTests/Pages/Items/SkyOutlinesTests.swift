import SkyGeometry
import Testing

@testable import Service

@Suite struct SkyOutlinesTests {
    @Test("north is up, east is left, and the item fills a third of the width")
    func orientation() {
        let drawing = SkyOutlines(
            centre: SkyPosition(ra: 10, dec: 0), title: "t",
            outlines: [
                SkyOutlines.Outline(
                    corners: [(9.0, -1.0), (11, -1), (11, 1), (9, 1)].map {
                        SkyPosition(ra: $0.0, dec: $0.1).vector
                    }, title: "own", label: "7", kind: "tile", address: nil)
            ]
        ).fragment.html
        #expect(drawing.contains("d=\"M266.7 266.7L133.3 266.7L133.3 133.3L266.7 133.3Z\""))
        #expect(drawing.contains("<text x=\"200.0\" y=\"204.0\">7</text>"))
    }
}
