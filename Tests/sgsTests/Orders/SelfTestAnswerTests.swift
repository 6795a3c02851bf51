import Catalogue
import GroundSegment
import Testing

@testable import sgs

@Suite struct SelfTestAnswerTests {
    private static func test(
        _ sdc: ID<SDC>, _ state: OrderState, digest: String? = nil, lacks: String = "",
        message: String = ""
    ) -> (sdc: ID<SDC>, test: OrderedSelfTest?) {
        let isOver = state == .completed || state == .error
        let report = SelfTestReport(
            features: digest == nil
                ? [] : [.init(name: "step", found: ""), .init(name: "final", found: lacks)],
            digest: digest, message: message,
            window: TimeWindow(start: MJD(61409), end: MJD(61409.5)))
        return (
            sdc,
            OrderedSelfTest(
                sdc: sdc, state: state, issuedAt: MJD(61408), issuedBy: "anna",
                report: isOver ? report : nil)
        )
    }

    @Test("all that have ended with one digest run the same")
    func same() {
        let answer = SelfTestAnswer([
            Self.test("SDC-DE", .completed, digest: "ab"),
            Self.test("SDC-FR", .completed, digest: "ab"),
        ])
        #expect(
            answer.lines == [
                "SDC     state      asked                         ended                 features  digest",
                "SDC-DE  COMPLETED  2027-01-03T00:00:00Z by anna  2027-01-04T12:00:00Z  2 of 2    ab",
                "SDC-FR  COMPLETED  2027-01-03T00:00:00Z by anna  2027-01-04T12:00:00Z  2 of 2    ab",
                "all 2 run the same",
            ])
        #expect(!answer.isBad)
        #expect(answer.json.encoded.hasPrefix(#"{"same": true, "sdcs": [{"sdc": "SDC-DE","#))
    }

    @Test("as long as one has not ended nothing is said of all")
    func open() {
        let answer = SelfTestAnswer([
            Self.test("SDC-DE", .completed, digest: "ab"),
            Self.test("SDC-FR", .executing), ("SDC-IT", nil),
        ])
        #expect(!answer.isBad)
        #expect(answer.json.encoded.hasPrefix(#"{"same": null,"#))
        #expect(answer.lines.last == "1 of 3 have ended")
        #expect(answer.lines[3].hasPrefix("SDC-IT  never asked"))
    }

    @Test("a digest that differs, a feature that is missing and a self-test that could not be done")
    func bad() {
        let differs = SelfTestAnswer([
            Self.test("SDC-DE", .completed, digest: "ab"),
            Self.test("SDC-FR", .completed, digest: "cd"),
        ])
        #expect(differs.isBad)
        #expect(differs.json.encoded.hasPrefix(#"{"same": false,"#))
        #expect(differs.lines.last == "they do not run the same: 2 digests")
        let lacks = SelfTestAnswer([
            Self.test("SDC-DE", .error, digest: "ab", lacks: "final is FAILED"),
            Self.test("SDC-FR", .error, message: "no room"),
        ])
        #expect(lacks.isBad)
        #expect(
            lacks.lines.suffix(3) == [
                "SDC-DE: final: final is FAILED", "SDC-FR: no room", "failed at SDC-DE, SDC-FR",
            ])
    }
}
