import GroundSegment
import Testing

@testable import Reporting

@Suite struct OwnerNamesTests {
    private func drawn(at place: (x: Double, y: Double), in room: (Double, Double)?) -> String {
        let sdcs = ["SDC-DE", "SDC-FR"].map {
            SDC(id: ID($0), name: $0, cores: 1, storage: .zero)
        }
        let names = OwnerNames(
            sdcs: sdcs, places: [place], owners: ["SDC-DE"], spacing: 48, room: room)
        return names.fragment().map(\.html).joined()
    }

    @Test("a name stands on its tile, and within the drawing where that is bounded")
    func within() {
        func shows(_ html: String, _ x: String, _ y: String) -> Bool {
            html.contains("<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"middle\" class=\"name\">DE<")
        }
        #expect(shows(drawn(at: (50, 40), in: (100, 80)), "50", "44"))
        #expect(shows(drawn(at: (1, 1), in: (100, 80)), "11", "12"))
        #expect(shows(drawn(at: (99, 79), in: (100, 80)), "89", "76"))
        #expect(shows(drawn(at: (9, 9), in: (10, 10)), "5", "9"))
        #expect(shows(drawn(at: (1, 1), in: nil), "1", "5"))
    }
}
