import Catalogue
import GroundSegment
import Testing

@testable import sgs

@Suite struct ReassignmentAnswerTests {
    private static func moved(_ number: Int, absence: String? = nil) -> Reassignment {
        Reassignment(
            order: ID("E-1-OBS-\(number)"), survey: "E", from: "SDC-FR", to: "SDC-DE",
            state: .error, absence: absence)
    }

    private static func refusals(_ count: Int) -> [ReassignmentAnswer.Refusal] {
        (0..<count).map {
            ReassignmentAnswer.Refusal(
                order: ID("o\($0)"), error: CatalogueError(.illegalChange, "order o\($0) runs"))
        }
    }

    @Test("what is moved is told order by order, then where to, and what is in the way there")
    func lines() {
        let answer = ReassignmentAnswer(
            moved: [Self.moved(1), Self.moved(2, absence: "no runner has served SDC-DE")],
            refused: [],
            outages: ["SDC-DE": TimeWindow(start: MJD(61409), end: MJD(61410))], isDryRun: true)
        #expect(
            answer.lines == [
                "E-1-OBS-1  ERROR at SDC-FR, to SDC-DE", "E-1-OBS-2  ERROR at SDC-FR, to SDC-DE",
                "moved      2 to SDC-DE", "but        no runner has served SDC-DE",
                "but        SDC-DE is in an outage from 2027-01-04T00:00:00Z to "
                    + "2027-01-05T00:00:00Z", "dry run    nothing was changed",
            ])
    }

    @Test("of many refusals the first are told, and how many more there are")
    func many() {
        let answer = ReassignmentAnswer(
            moved: [], refused: Self.refusals(23), outages: [:], isDryRun: false)
        #expect(answer.lines == ["moved      nothing: there is no order that can be moved"])
        #expect(answer.refusals.count == 21)
        #expect(answer.refusals.first == "order o0 runs")
        #expect(answer.refusals.last == "and 3 orders more were refused; --json lists them all")
        #expect(answer.json.encoded.contains(#""order": "o22""#))
    }
}
