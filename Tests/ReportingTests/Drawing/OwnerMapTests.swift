import GroundSegment
import SkyGeometry
import Testing

@testable import Reporting

@Suite struct OwnerMapTests {
    @Test("tiles of any time are drawn in their owners' colours and counted by owner")
    func counts() {
        let grid = RingGrid.mer
        let tiles = (0..<3).map { place in
            let cell = RingGrid.Cell(ring: 180, place: place)
            return OwnerMap.Place(
                id: ID("\(place)"), centre: grid.centre(cell), core: .box(grid.core(cell)),
                assignment: place == 2
                    ? Assignment(primary: "SDC-IT", secondary: "SDC-FR")
                    : Assignment(primary: "SDC-FR", secondary: "SDC-IT"))
        }
        let html = OwnerMap(survey: "TEST", sdcs: ["SDC-IT", "SDC-FR"], tiles: tiles).fragment.html
        #expect(html.contains("Of 3 tiles, SDC-FR is primary of the most, 2"))
        let rows = html.matches(
            of:
                /<\/span> (SDC-[A-Z]+)<\/th><td class="number">([0-9]+)<\/td><td class="number">([0-9]+)<\/td>/
        ).map { [String($0.1), String($0.2), String($0.3)] }
        // Of the whole sky, then of the hemisphere that they are in.
        let counts = [["SDC-FR", "2", "1"], ["SDC-IT", "1", "2"]]
        #expect(rows == counts + counts)
        // The palette's first two, in the order of the SDCs.
        #expect(html.contains("#3f90da") && html.contains("#ffa90e"))
    }
}
