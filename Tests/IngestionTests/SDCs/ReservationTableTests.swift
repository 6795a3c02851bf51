import GroundSegment
import Testing

@testable import Ingestion

@Suite("Reservations")
struct ReservationTableTests {
    private static let head = "# what others use\nsdc,start,end,work,volume\n"

    private func fixture(_ rows: String) throws -> CaseFixture {
        try CaseFixture([
            "plan.yaml": CaseFixture.plan + "reserved: reserved.csv\n",
            "reserved.csv": Self.head + rows,
        ])
    }

    @Test("work is taken from the capacity over its span, data from the storage")
    func reserved() throws {
        let planningCase = try fixture("SDC-A,2027-01-04,2027-01-06,240,5\n").read()
        let sdc = planningCase.sdcs[0]
        let start = planningCase.period.start
        #expect(sdc.capacity(over: TimeWindow(start: start, end: start + 1)) == CoreHours(2280))
        #expect(sdc.capacity(over: TimeWindow(start: start + 1, end: start + 3)) == CoreHours(4680))
        #expect(sdc.occupied == Terabytes(5) && sdc.used == .zero)
        #expect(planningCase.sdcs[1].reservations.isEmpty)
        #expect(planningCase.inputs.contains { $0.name == "reserved.csv" })
    }

    @Test("more than there is leaves nothing, and is remarked")
    func beyond() throws {
        let planningCase = try fixture("SDC-A,2027-01-04,2027-01-11,20000,60\n").read()
        #expect(planningCase.sdcs[0].capacity(over: planningCase.period) == .zero)
        #expect(planningCase.sdcs[0].rate(over: planningCase.period) == 0)
        #expect(
            planningCase.remarksOnReservations == [
                "reserved: SDC-A 2027-01-04: 20000 core-hours of 16800 are reserved, so that nothing"
                    + " is left",
                "reserved: SDC-A: 60 TB are used or reserved of 50, so that nothing fits",
            ])
    }

    @Test("spans of one SDC that overlap count together, and are remarked")
    func overlapping() throws {
        let planningCase = try fixture(
            "SDC-A,2027-01-04,2027-01-06,200,1\nSDC-A,2027-01-05,2027-01-07,200,2\n"
        ).read()
        let sdc = planningCase.sdcs[0]
        #expect(sdc.reserved(within: planningCase.period) == CoreHours(400))
        #expect(sdc.occupied == Terabytes(3))
        #expect(
            planningCase.remarksOnReservations == [
                "reserved: SDC-A: the spans from 2027-01-04 and 2027-01-05 overlap; both count"
            ])
    }

    @Test(
        "what is no reservation is refused with its line",
        arguments: [
            (
                "SDC-C,2027-01-04,2027-01-06,1,1",
                "reserved.csv:3: sdc: found \"SDC-C\", which is no SDC, expected SDC-A (or another of:"
                    + " SDC-A, SDC-B)"
            ),
            (
                "SDC-A,2027-01-06,2027-01-06,1,1",
                "reserved.csv:3: end: found 2027-01-06, expected an instant after the start,"
                    + " 2027-01-06T00:00:00Z"
            ),
            (
                "SDC-A,soon,2027-01-06,1,1",
                "reserved.csv:3: start: found \"soon\", expected an ISO 8601 date of the years 1970 to"
                    + " 2129"
            ),
            (
                "SDC-A,2027-01-04,2027-01-06,-1,1",
                "reserved.csv:3: work: found \"-1\", expected a number from 0 to 1000000000000"
            ),
            (
                "SDC-A,2027-01-04,2027-01-06,1,nan",
                "reserved.csv:3: volume: found \"nan\", expected a number from 0 to 1000000000"
            ),
        ])
    func refused(row: String, fault: String) throws {
        #expect(try fixture(row + "\n").faults() == [fault])
    }

    @Test("a column that is missing, a table that is missing and another form are faults")
    func missing() throws {
        let short = try CaseFixture([
            "plan.yaml": CaseFixture.plan + "reserved: reserved.csv\n",
            "reserved.csv": "sdc,start,end,work\n",
        ])
        #expect(
            short.faults() == [
                "reserved.csv:1: volume: found no column of that name, expected one; the columns are"
                    + " sdc,start,end,work,volume"
            ])
        let absent = try CaseFixture(["plan.yaml": CaseFixture.plan + "reserved: reserved.csv\n"])
        #expect(absent.faults().count == 1)
        let other = try CaseFixture(["plan.yaml": CaseFixture.plan + "reserved: other\n"])
        #expect(
            other.faults().first?.hasSuffix(
                "reserved: found \"other\", expected none, published or a table, NAME.csv") == true)
    }
}
