import GroundSegment
import Testing

@Suite("Assignment")
struct AssignmentTests {
    @Test("each role has its SDC, and both hold a replica")
    func roles() {
        let assignment = Assignment(primary: "SDC-FR", secondary: "SDC-IT")
        #expect(assignment[.primary] == "SDC-FR" && assignment[.secondary] == "SDC-IT")
        #expect(assignment.contains("SDC-FR") && assignment.contains("SDC-IT"))
        #expect(!assignment.contains("SDC-DE"))
    }

    @Test("one SDC as primary and secondary is no assignment")
    func samePair() throws {
        #expect(throws: SameSDCError(sdc: "SDC-FR")) {
            try Assignment(validating: "SDC-FR", "SDC-FR")
        }
        #expect(
            try Assignment(validating: "SDC-FR", "SDC-IT")
                == Assignment(primary: "SDC-FR", secondary: "SDC-IT"))
    }
}
