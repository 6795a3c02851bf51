import Foundation
import GroundSegment
import Reporting
import Testing

@testable import Planning

/// A change of a plan.json's content that no plan can hold, and the fault that names it.
struct ImpossibleContent: Sendable, CustomTestStringConvertible {
    let path: String
    let value: String
    let fault: String

    init(_ path: String, _ value: String, _ fault: String) {
        self.path = path
        self.value = value
        self.fault = fault
    }

    var testDescription: String { "\(path) = \(value.isEmpty ? "nothing" : value)" }

    static let request = [
        ImpossibleContent("bucket", "1e-300", "bucket: found 1e-300, expected a number from 0.01"),
        ImpossibleContent("bucket", "0", "bucket: found 0.0, expected a number from 0.01 to 366.0"),
        ImpossibleContent("bucket", "-4", "bucket: found -4.0"),
        ImpossibleContent("bucket", "1e12", "bucket: found 1000000000000.0"),
        ImpossibleContent("bucket", "\"NaN\"", "bucket: found a string, expected a number"),
        ImpossibleContent("bucket", "null", "bucket: found null, expected a number"),
        ImpossibleContent("bucket", "[[[[4]]]]", "bucket: found an array, expected a number"),
        ImpossibleContent("bucket", "0.02", "buckets, expected 400 in each list"),
        ImpossibleContent("period", "[61417, 61409]", "period: found [61417.0, 61409.0], expected"),
        ImpossibleContent("period", "[61409, 61409]", "expected an end after the start"),
        ImpossibleContent("period", "[61409]", "period: found 1 numbers"),
        ImpossibleContent("period", "[]", "period: found 0 numbers"),
        ImpossibleContent(
            "period", "[40587, 90000]", "period: found 49413.0 days, expected at most"),
        ImpossibleContent(
            "period", "[61409, 1e300]", "period: found 1e+300, expected a number from"),
        ImpossibleContent("period/0", "-1e18", "period: found -1e+18"),
        ImpossibleContent("name", "\"\"", "name: found \"\", expected a text that can be printed"),
        ImpossibleContent("name", "\"a\\u0000b\"", "name: found \"a\\0b\""),
        ImpossibleContent("survey", "\"\\n\"", "survey: found \"\\n\""),
        ImpossibleContent("survey", "7", "survey: found number, expected a text"),
        ImpossibleContent("base", "\"\\t\"", "base: found \"\\t\", expected a text that can be"),
        ImpossibleContent("bound", "-1", "bound: found -1.0"),
        ImpossibleContent("processing/observationWork", "1e300", "observationWork: found 1e+300"),
        ImpossibleContent("processing/tileVolume", "-0.1", "processing.tileVolume: found -0.1"),
        ImpossibleContent("processing/latency", "1e9", "processing.latency: found 1000000000.0"),
        ImpossibleContent("processing/tileWork", "", "processing: found no tileWork, expected one"),
        ImpossibleContent("balance/gap", "-1", "balance.gap: found -1.0"),
        ImpossibleContent("weights/stability", "1e308", "weights.stability: found 1e+308"),
        ImpossibleContent("search/steps", "-1", "search.steps: found -1"),
        ImpossibleContent("search/steps", "1e300", "search.steps: found"),
        ImpossibleContent("search/stop", "\"tired\"", "search.stop: found"),
        ImpossibleContent("search/seed", "-1", "search.seed: found"),
        ImpossibleContent("tiles", "{}", "tiles: found a dictionary, expected"),
        ImpossibleContent("observations", "\"none\"", "observations: found a string"),
        ImpossibleContent("sdcs", "", "found no sdcs, expected one"),
    ]

    static let sdcs = [
        ImpossibleContent("sdcs/+", "=sdcs/2", "SDC SDC-C: id: found a second time, expected each"),
        ImpossibleContent("sdcs/1", "=sdcs/0", "SDC SDC-A: id: found a second time"),
        ImpossibleContent("sdcs/+", "=sdcs/0", "SDC SDC-A: id: found after SDC-C"),
        ImpossibleContent("sdcs", "[]", "sdcs: how many: found 0, expected a number from 2 to 64"),
        ImpossibleContent(
            "sdcs/1/id", "\"SDC-X\"", "primary: found \"SDC-B\", expected one of the"),
        ImpossibleContent("sdcs/0/cores", "0", "SDC SDC-A: cores: found 0.0"),
        ImpossibleContent("sdcs/0/cores", "1e18", "SDC SDC-A: cores: found 1e+18"),
        ImpossibleContent("sdcs/0/cores", "1e-320", "SDC SDC-A: cores: found"),
        ImpossibleContent("sdcs/0/efficiency", "1.5", "SDC SDC-A: efficiency: found 1.5"),
        ImpossibleContent("sdcs/0/storage", "1e300", "SDC SDC-A: storage: found 1e+300"),
        ImpossibleContent("sdcs/0/storage", "0", "SDC SDC-A: storage: found 0.0"),
        ImpossibleContent("sdcs/0/used", "-5", "SDC SDC-A: used: found -5.0"),
        ImpossibleContent("sdcs/0/name", "\"\\u0000\"", "SDC SDC-A: name: found U+0000 in it"),
        ImpossibleContent("sdcs/0/ingests/0/ra", "[0]", "SDC SDC-A: ingests.ra: found [0.0]"),
        ImpossibleContent("sdcs/0/ingests/0/ra", "[0, 1e9]", "SDC SDC-A: ingests.ra: found"),
        ImpossibleContent("sdcs/0/ingests/0/dec", "[9, -9]", "ingests.dec: found [9.0, -9.0]"),
        ImpossibleContent("sdcs/0/ingests/0/volume", "-1", "ingests.volume: found -1.0"),
        ImpossibleContent("sdcs/1/maintenance/0/start", "1e18", "SDC SDC-B: start: found 1e+18"),
        ImpossibleContent(
            "sdcs/1/maintenance/0/end", "61410", "SDC SDC-B: end: found 61410.0, expected"),
        ImpossibleContent("sdcs/1/maintenance/0/availability", "2", "availability: found 2.0"),
        ImpossibleContent("pins/+", "=pins/0", "pins[1]: role: found observation 3 a second time"),
        ImpossibleContent("pins/0/sdc", "\"SDC-X\"", "pins[0]: sdc: found \"SDC-X\""),
        ImpossibleContent(
            "pins/0/role", "\"third\"", "pins[0]: role: found \"third\", expected one"),
        ImpossibleContent("pins/0/kind", "\"star\"", "pins[0]: kind: found \"star\", expected one"),
        ImpossibleContent("pins/0/until", "1e300", "pins[0]: until: found 1e+300"),
        ImpossibleContent("prohibitions/0/id", "", "prohibitions[0]: id: found \"\""),
        ImpossibleContent("prohibitions/1/sdc", "\"SDC-X\"", "prohibitions[1]: sdc: found"),
    ]

    static let items = [
        ImpossibleContent(
            "observations/2", "=observations/1", "observation 1: id: found a second time"),
        ImpossibleContent(
            "observations/0", "=observations/5", "found before that of 5, expected observations in"),
        ImpossibleContent("observations/0/id", "\"\"", "observation : id: found \"\""),
        ImpossibleContent(
            "observations/0/secondary", "=observations/0/primary",
            "as both, expected two SDCs"),
        ImpossibleContent(
            "observations/0/primary", "\"SDC-X\"", "observation 0: primary: found \"SDC-X\""),
        ImpossibleContent(
            "observations/0/bucket", "99", "observation 0: bucket: found 99, expected 0, the one"),
        ImpossibleContent("observations/0/bucket", "-1", "observation 0: bucket: found -1"),
        ImpossibleContent("observations/0/bucket", "0.5", "observations[0].bucket: found"),
        ImpossibleContent(
            "observations/0/bucket", "99999999999999999999", "observations[0].bucket: found"),
        ImpossibleContent("observations/0/start", "1", "expected an instant of the period"),
        ImpossibleContent("observations/0/end", "60000", "observation 0: end: found 60000.0"),
        ImpossibleContent("observations/0/end", "1e18", "observation 0: end: found 1e+18"),
        ImpossibleContent("observations/0/arrival", "1e18", "observation 0: arrival: found 1e+18"),
        ImpossibleContent("observations/0/position", "[10, 91]", "position: found [10.0, 91.0]"),
        ImpossibleContent("observations/0/position", "[1e300, 0]", "position: found [1e+300, 0.0]"),
        ImpossibleContent("observations/0/position", "[]", "observation 0: position: found []"),
        ImpossibleContent(
            "observations/0/footprint", "[[0,0],[1,1]]", "footprint: how many corners: found 2"),
        ImpossibleContent("observations/0/footprint", "[]", "footprint: how many corners: found 0"),
        ImpossibleContent(
            "observations/0/footprint/1", "[0, -100]", "footprint: found [0.0, -100.0]"),
        ImpossibleContent(
            "observations/0/footprint", "[[0,0],[120,0],[240,0]]", "footprint: found a polygon of a"
        ),
        ImpossibleContent(
            "observations/0/copiesTo", "[\"SDC-X\"]", "copiesTo: found \"SDC-X\", expected one of"),
        ImpossibleContent(
            "observations/0/copiesTo", "[\"SDC-A\",\"SDC-B\",\"SDC-C\"]", "which has one"),
        ImpossibleContent(
            "observations/0/cause", "\"whim\"", "cause: found \"whim\", expected one"),
        ImpossibleContent("observations/0/kind", "\"\\u0000\"", "kind: found U+0000 in it"),
        ImpossibleContent(
            "tiles/1", "=tiles/0", "id: found a second time, expected each tile once"),
        ImpossibleContent("tiles/0/primary", "\"SDC-X\"", "primary: found \"SDC-X\""),
        ImpossibleContent("tiles/0/secondary", "=tiles/0/primary", "as both, expected two SDCs"),
        ImpossibleContent("tiles/0/bucket", "7", "bucket: found 7, expected"),
        ImpossibleContent("tiles/0/ready", "1e300", "ready: found 1e+300"),
        ImpossibleContent("tiles/0/ready", "61409", "ready: found 61409.0, expected"),
        ImpossibleContent("tiles/0/coreBox", "[1, 0, 0, 1]", "coreBox: found [1.0, 0.0, 0.0, 1.0]"),
        ImpossibleContent("tiles/0/coreBox", "[0, 1, 0, 100]", "coreBox: found"),
        ImpossibleContent("tiles/0/coreBox", "[1]", "coreBox: found [1.0], expected west < east"),
        ImpossibleContent("tiles/0/coreBox", "", "coreBox: found no inner area"),
        ImpossibleContent(
            "tiles/0/corePolygon", "=tiles/0/outer", "coreBox: found two inner areas"),
        ImpossibleContent("tiles/0/outer/0", "[0, 0, 0]", "outer: found [0.0, 0.0, 0.0]"),
        ImpossibleContent("tiles/0/outer/0", "7", "tiles[0].outer[0]: found"),
        ImpossibleContent("tiles/0/observations/0", "12", "found 12, expected the place of an"),
        ImpossibleContent("tiles/0/observations/0", "-1", "found -1, expected the place of an"),
        ImpossibleContent("tiles/0/observations/+", "=tiles/0/observations/0", "fractions: found"),
        ImpossibleContent("tiles/0/fractions", "[]", "fractions: found 0 of them"),
        ImpossibleContent("tiles/0/fractions/0", "1.5", "fractions: found 1.5"),
    ]

    static let measures = [
        ImpossibleContent(
            "measures/observations", "5", "measures.observations: found 5, expected 12"),
        ImpossibleContent("measures/tiles", "-1", "measures.tiles: found -1"),
        ImpossibleContent("measures/overlaps", "-1", "measures.overlaps: found -1"),
        ImpossibleContent(
            "measures/failoverCopies", "9223372036854775807", "failoverCopies: found"),
        ImpossibleContent("measures/cost", "1e300", "measures.cost: found 1e+300"),
        ImpossibleContent("measures/cost", "77", "measures.cost: found 77.0"),
        ImpossibleContent("measures/utilisation", "-1", "measures.utilisation: found -1.0"),
        ImpossibleContent(
            "measures/copies", "[{\"from\":\"SDC-A\",\"to\":\"SDC-X\",\"copies\":1}]",
            "measures.copies[0]: to: found \"SDC-X\""),
        ImpossibleContent(
            "measures/copies", "[{\"from\":\"SDC-A\",\"to\":\"SDC-B\",\"copies\":-1}]",
            "measures.copies[0]: copies: found -1"),
        ImpossibleContent(
            "measures/copies",
            "[{\"from\":\"A\",\"to\":\"SDC-B\",\"copies\":9223372036854775807},"
                + "{\"from\":\"A\",\"to\":\"SDC-B\",\"copies\":9223372036854775807}]",
            "measures.copies[1]: to: found A to SDC-B again"),
        ImpossibleContent(
            "measures/outside",
            "[{\"tolerance\":\"T9\",\"sdc\":\"SDC-A\",\"value\":1,\"lower\":2,\"upper\":3}]",
            "measures.outside[0]: tolerance: found \"T9\", expected one of: T1, T2, T3, T4"),
        ImpossibleContent(
            "measures/outside",
            "[{\"tolerance\":\"T1\",\"sdc\":\"SDC-A\",\"bucket\":\"2027-13-01\",\"value\":1,"
                + "\"lower\":2,\"upper\":3}]",
            "bucket: found \"2027-13-01\", expected the first day of a bucket"),
        ImpossibleContent("measures/loads", "[]", "measures.loads: found 0 of them"),
        ImpossibleContent(
            "measures/loads/0/work", "[]", "found [2, 2, 0, 2, 2] buckets, expected 2"),
        ImpossibleContent("measures/loads/0/work/0", "1e300", "core-hours: found 1e+300"),
        ImpossibleContent("measures/loads/0/tiles/0", "-1", "a count: found -1"),
        ImpossibleContent("measures/loads/0/newVolume", "-1", "SDC SDC-A: newVolume: found -1.0"),
    ]
}

@Suite("Impossible content of a plan.json")
struct PlanCheckTests {
    private static let document = Result {
        PlanDocument.encode(try PlanContentFixture.plan()).bytes
    }

    private func lines(of document: Data) -> [String] {
        do throws(PlanDocumentError) {
            _ = try PlanDocument.decode(document)
            return []
        } catch {
            return error.lines(file: "plan.json")
        }
    }

    @Test(
        "what no plan can hold is a fault that names it, under a digest that is right",
        arguments: ImpossibleContent.request + ImpossibleContent.sdcs + ImpossibleContent.items
            + ImpossibleContent.measures)
    func impossible(content: ImpossibleContent) throws {
        let changed = try PlanContentFixture.changed(
            try Self.document.get(), at: content.path, to: content.value)
        let lines = lines(of: changed)
        #expect(lines.contains { $0.hasPrefix("plan.json: ") && $0.contains(content.fault) })
        #expect(lines.allSatisfy { $0.contains(": found ") && $0.contains(", expected ") })
    }

    @Test(
        "a number that its field cannot hold is one fault, in its place",
        arguments: [
            ("observations/3/bucket", "0.5", "observations[3].bucket: found 0.5"),
            ("search/steps", "1e300", "search.steps: found 1e+300"),
            ("measures/loads/1/tiles/0", "0.25", "measures.loads[1].tiles[0]: found 0.25"),
            ("search/seed", "-1", "search.seed: found -1"),
        ])
    func unfit(path: String, value: String, fault: String) throws {
        let lines = lines(
            of: try PlanContentFixture.changed(try Self.document.get(), at: path, to: value))
        #expect(lines == ["plan.json: \(fault), expected a whole number"])
    }

    @Test("the content as it is has no fault, also written anew by another encoder")
    func possible() throws {
        let document = try Self.document.get()
        #expect(lines(of: document) == [])
        let path = "search/solver"
        #expect(lines(of: try PlanContentFixture.changed(document, at: path, to: "=\(path)")) == [])
    }

    @Test("all faults are told at once")
    func all() throws {
        var document = try Self.document.get()
        for (path, value) in [
            ("bucket", "1e-300"), ("sdcs/0/storage", "1e300"),
            ("observations/4/secondary", "\"X\""),
            ("tiles/2/outer", "[]"), ("measures/cost", "-1"),
        ] {
            document = try PlanContentFixture.changed(document, at: path, to: value)
        }
        let lines = lines(of: document)
        let fields = ["bucket", "storage", "secondary", "outer", "measures.cost"]
        for field in fields { #expect(lines.contains { $0.contains(": \(field): ") }) }
    }

    @Test("of very many faults the first thousand are told and the others counted")
    func many() throws {
        let document = try PlanContentFixture.changed(
            try Self.document.get(), at: "sdcs/0/maintenance",
            to: "["
                + Array(
                    repeating:
                        #"{"availability":9,"end":61410,"start":61409,"summary":"","uid":""}"#,
                    count: 1500
                ).joined(separator: ",") + "]")
        let lines = lines(of: document)
        #expect(lines.count == 1001)
        #expect(
            lines.last
                == "plan.json: found 500 more faults, expected none (the first 1000 are listed)")
    }

    @Test("content that is no JSON of this depth or at all is a fault")
    func noJSON() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        for text in [deep, "{", "", "null", "\u{FEFF}{}", "{\"format\":\u{0}}", "[1e99999]"] {
            let lines = lines(of: PlanContentFixture.document(Data(text.utf8)))
            #expect(!lines.isEmpty)
            #expect(lines.allSatisfy { $0.hasPrefix("plan.json: ") })
        }
        let invalid = PlanContentFixture.document(Data([0x22, 0xFF, 0xFE, 0x22]))
        #expect(!lines(of: invalid).isEmpty)
    }

    @Test("as many SDCs as fit in a set are read, and no more")
    func manySDCs() throws {
        let document = try PlanContentFixture.changed(
            try Self.document.get(), at: "sdcs",
            to: "["
                + (0..<65).map {
                    #"{"batch":"local","cores":1,"country":"","efficiency":1,"id":"SDC-\#(100 + $0)","#
                        + #""ingests":[],"maintenance":[],"name":"","storage":1,"used":0}"#
                }.joined(separator: ",") + "]")
        #expect(
            lines(of: document).contains(
                "plan.json: sdcs: how many: found 65, expected a number from 2 to 64"))
    }

    @Test("the largest possible numbers are read, explained, compared and recounted")
    func largest() throws {
        var document = try Self.document.get()
        for (path, value) in [
            ("processing/observationWork", "1e15"), ("processing/tileWork", "1e15"),
            ("processing/observationVolume", "1e15"), ("processing/tileVolume", "1e15"),
            ("sdcs/0/cores", "1e15"), ("sdcs/1/cores", "1e-30"), ("sdcs/0/storage", "1e-30"),
            ("sdcs/0/used", "1e15"), ("balance/work", "1e15"), ("weights/failover", "1e15"),
        ] {
            document = try PlanContentFixture.changed(document, at: path, to: value)
        }
        let plan = try PlanDocument.decode(document).plan
        #expect(plan.violations.contains { $0.hasPrefix("H2 ") })
        #expect(plan.violations.contains { $0.hasPrefix("H3 ") })
        let explanation = try #require(ItemExplanation(.observation("0"), in: plan))
        #expect(!explanation.lines(in: plan).isEmpty)
        let before = try PlanDocument.decode(try Self.document.get()).plan
        #expect(PlanDifference(from: before, to: plan).isEmpty)
        #expect(!PlanComparison(from: before, to: plan).lines.isEmpty)
        let failover = Failover(of: "SDC-A", in: plan)
        #expect(PlanDocument.encode(failover.plan).bytes.count > 1000)
    }

    @Test("what was written is written again as it was, but for the rounding of corners")
    func again() throws {
        let document = try Self.document.get()
        let again = PlanDocument.encode(try PlanDocument.decode(document).plan).bytes
        #expect(try withoutCorners(again) == withoutCorners(document))
    }

    private func withoutCorners(_ document: Data) throws -> NSDictionary {
        let content = try JSONSerialization.jsonObject(
            with: PlanContentFixture.content(document))
        var members = try #require(content as? [String: Any])
        for (list, corners) in [("observations", "footprint"), ("tiles", "outer")] {
            members[list] = (members[list] as? [[String: Any]] ?? []).map {
                $0.filter { $0.key != corners }
            }
        }
        return members as NSDictionary
    }
}
