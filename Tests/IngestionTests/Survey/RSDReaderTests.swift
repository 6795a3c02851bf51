import Documents
import Foundation
import GroundSegment
import SkyGeometry
import Testing

@testable import Ingestion

@Suite("RSDReader")
struct RSDReaderTests {
    private func pointing(
        _ mjd: String, _ longitude: String, _ latitude: String, angle: String = "0"
    ) -> String {
        "<PointingRequest id=\"1\"><Mjd2000>\(mjd)</Mjd2000><SAA>90</SAA><Attitude>"
            + "<Longitude>\(longitude)</Longitude><Latitude>\(latitude)</Latitude>"
            + "<PositionAngle>\(angle)</PositionAngle></Attitude></PointingRequest>\n"
    }

    private func observation(_ id: String, _ content: String) -> String {
        "<ObservationRequest id=\"\(id)\">\n<SurveyId>WIDE</SurveyId>\n\(content)</ObservationRequest>\n"
    }

    private func document(_ content: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<RSD>\n\(content)</RSD>\n"
    }

    /// The records and faults of a document.
    private func read(_ data: Data) throws -> (records: [SurveyRecord], faults: [String]) {
        let fixture = try CaseFixture(data: ["survey.xml": data])
        let faults = FaultLog(file: "survey.xml")
        var records: [SurveyRecord] = []
        RSDReader.read(fixture.path + "/survey.xml", faults: faults) { records.append($0) }
        return (records, faults.diagnostics.map(\.description))
    }

    private func read(_ text: String) throws -> (records: [SurveyRecord], faults: [String]) {
        try read(Data(text.utf8))
    }

    @Test("an observation runs from its first pointing to 1066 s after its last, at their mean")
    func values() throws {
        let content =
            pointing("986500000", "359.9", "0.0", angle: "30")
            + pointing("986501234", "0.1", "0.0", angle: "99")
        let (records, faults) = try read(document(observation("17", content)))
        #expect(faults.isEmpty)
        let record = try #require(records.first)
        #expect(record.id == "17")
        #expect(record.kind == "WIDE")
        #expect(record.start == MJD(986_500_000 / 1e5 + 51544))
        #expect(record.end == MJD(986_501_234 / 1e5 + 51544 + 1066.0 / 86400))
        #expect(min(record.longitude, 360 - record.longitude) < 1e-12)
        #expect(record.latitude == 0)
        #expect(record.angle == 30)
    }

    @Test("the sample's observation 17 is where the reference recount has it")
    func sample() throws {
        let planningCase = try CaseReader.read("\(repository)/surveys/euclid-2027q1")
        let observation = try #require(planningCase.survey.observations.first { $0.id == "17" })
        #expect(observation.window.start == MJD(61409.8))
        #expect(observation.window.end == MJD(61409.84934796297))
        #expect(abs(observation.centre.ra - 276.0313812779275) < 1e-9)
        #expect(abs(observation.centre.dec - 66.01139707276852) < 1e-9)
        let corner = try #require(observation.footprint.corners.first)
        #expect(abs(corner.x - 0.049977112620246254) < 1e-12)
        #expect(abs(corner.y - -0.3989189380934735) < 1e-12)
        #expect(abs(corner.z - 0.9156232680772802) < 1e-12)
    }

    @Test("namespaces, other nesting, unknown elements and comments do not matter")
    func nesting() throws {
        let text = """
            <?xml version="1.0"?>
            <r:RSD xmlns:r="urn:rsd"><r:List><r:Item>
            <r:ObservationRequest id="a/1"><r:Notes><r:Longitude>9</r:Longitude></r:Notes><!-- Mjd2000 -->
            <r:Group><r:PointingRequest><r:Time><r:Mjd2000> 986500000
            </r:Mjd2000></r:Time><r:Longitude><![CDATA[10]]></r:Longitude><r:Latitude>20</r:Latitude>
            <r:PositionAngle>5</r:PositionAngle></r:PointingRequest></r:Group><r:SurveyId>DE&amp;EP</r:SurveyId>
            </r:ObservationRequest></r:Item></r:List></r:RSD>
            """
        let (records, faults) = try read(text)
        #expect(faults.isEmpty)
        #expect(records.map(\.id) == ["a/1"])
        #expect(records.map(\.kind) == ["DE&EP"])
        let record = try #require(records.first)
        #expect(abs(record.longitude - 10) < 1e-12)
        #expect(abs(record.latitude - 20) < 1e-12)
    }

    @Test("Latin-1 is read as its declaration says")
    func latin1() throws {
        let text = document(observation("17", pointing("986500000", "1", "2")))
            .replacingOccurrences(of: "UTF-8", with: "ISO-8859-1")
            .replacingOccurrences(of: "WIDE", with: "\u{C9}t\u{E9}")
        let (records, faults) = try read(try #require(text.data(using: .isoLatin1)))
        #expect(faults.isEmpty)
        #expect(records.map(\.kind) == ["\u{C9}t\u{E9}"])
    }

    @Test("what is missing or garbled is told with its line, and the rest is read")
    func garbled() throws {
        let text = document(
            observation("1", pointing("tomorrow", "1", "2"))
                + observation("2", pointing("986500000", "1", "2") + pointing("986500000", "", "2"))
                + observation("3", "") + observation("4", pointing("986500000", "1", "95"))
                + observation("5", "<PointingRequest/>")
                + observation("6", pointing("986500000", "1", "2")))
        let (records, faults) = try read(text)
        #expect(records.map(\.id) == ["6"])
        let time = "a whole number of 1e-5 days since MJD 51544"
        #expect(
            faults == [
                "survey.xml:5: Mjd2000 of observation 1: found \"tomorrow\", expected \(time)",
                "survey.xml:10: Longitude of observation 2: found \"\", expected a number of degrees",
                "survey.xml:12: observation 3: found no PointingRequest, expected at least one",
                "survey.xml:17: Latitude of observation 4: found 95, expected a number from -90 to 90, in degrees",
                "survey.xml:21: Latitude of observation 5: found nothing, expected a number of degrees",
                "survey.xml:21: Longitude of observation 5: found nothing, expected a number of degrees",
                "survey.xml:21: Mjd2000 of observation 5: found nothing, expected \(time)",
                "survey.xml:21: PositionAngle of observation 5: found nothing, expected a number of degrees",
            ])
    }

    @Test(
        "a malformed document is told with its line",
        arguments: [
            (
                "<RSD>\n<a></RSD>\n",
                ":2:10: found an end tag of another element, expected well-formed XML"
            ),
            (
                "<RSD>\n<a>\n",
                ":2:4: found the end of the file before that of the document, expected well-formed XML"
            ),
            ("", ": found no ObservationRequest, expected at least one"),
            ("<RSD/>", ": found no ObservationRequest, expected at least one"),
            ("id,ra\n", ":1:1: found no XML element at all, expected well-formed XML"),
            (
                "<RSD>\n&who;</RSD>",
                ":2:6: found an entity that is not declared, expected well-formed XML"
            ),
        ])
    func malformed(text: String, fault: String) throws {
        #expect(try read(text).faults == ["survey.xml\(fault)"])
    }

    @Test("a tag that is not closed in a long document is told with its own line")
    func malformedInside() throws {
        let long = (1...200).map { observation("\($0)", pointing("1", "2", "3")) }.joined()
        let text = long + "<a>\n</b>\n" + long.replacing("id=\"", with: "id=\"2-")
        let line = 3 + 4 * 200 + 1
        let fault = "found an end tag of another element, expected well-formed XML"
        #expect(
            try read(Data(document(text).utf8)).faults == ["survey.xml:\(line):5: \(fault)"])
    }

    @Test("an internal entity is put in, and what cuts a text does not shorten it")
    func entities() throws {
        let content = pointing("98<!-- 7 -->6500&z;", "&field;<![CDATA[0.]]>5", "2.0")
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE RSD [<!ENTITY field "15"><!ENTITY z "000"><!ENTITY kind "DEEP">]>
            <RSD>\(observation("&kind;1", content))</RSD>
            """.replacing(">WIDE<", with: ">&kind;_SURVEY<")
        let (records, faults) = try read(text)
        #expect(faults.isEmpty)
        let record = try #require(records.first)
        #expect(record.id == "DEEP1")
        #expect(record.kind == "DEEP_SURVEY")
        #expect(record.start == MJD(986_500_000 / 1e5 + 51544))
        #expect(abs(record.longitude - 150.5) < 1e-12)
    }

    @Test("an observation may come out of an entity")
    func observationInEntity() throws {
        let content = observation("1", pointing("986500000", "1", "2"))
            .replacing("\"", with: "'")
        let text = "<!DOCTYPE RSD [<!ENTITY o \"\(content)\">]><RSD>&o;</RSD>"
        let (records, faults) = try read(text)
        #expect(faults.isEmpty)
        #expect(records.map(\.id) == ["1"])
    }

    @Test("UTF-16 is read")
    func utf16() throws {
        let text = document(observation("\u{C9}", pointing("986500000", "1", "2")))
            .replacing("UTF-8", with: "UTF-16")
        let (records, faults) = try read(try #require(text.data(using: .utf16)))
        #expect(faults.isEmpty)
        #expect(records.map(\.id) == ["\u{C9}"])
    }

    @Test(
        "a byte of another encoding is a fault with line and column, wherever it is",
        arguments: [
            ("<RSD>\n", "<RSD>\n<!-- relev\u{E9} -->", "3:11"),
            ("WIDE", "WID\u{C9}", "4:14"), ("<SurveyId>", "<Survey\u{C9}>", "4:8"),
            ("id=\"17\"", "i\u{E9}=\"17\"", "3:22"), ("\"17\"", "\"\u{E9}\"", "3:25"),
        ])
    func otherEncoding(old: String, new: String, place: String) throws {
        let text = document(observation("17", pointing("986500000", "1", "2")))
        let data = try #require(text.replacing(old, with: new).data(using: .isoLatin1))
        let faults = try read(data).faults
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("survey.xml:\(place): found ") == true, "\(faults)")
        #expect(faults.first?.hasSuffix(", expected well-formed XML") == true)
    }

    @Test("an observation inside another one is a fault, as two swapped lines leave it")
    func nested() throws {
        let one = observation("1", pointing("986500000", "1", "2"))
        let two = observation("2", pointing("986600000", "1", "2"))
        let end = "</ObservationRequest>\n"
        let text = document(
            one.replacing(end, with: "") + two + end
                + observation("3", pointing("986700000", "1", "2")))
        let (records, faults) = try read(text)
        #expect(records.map(\.id) == ["1", "3"])
        #expect(
            faults == [
                "survey.xml:6: ObservationRequest: found it inside observation 1 (line 3), expected the end of that one before it"
            ])
    }

    @Test(
        "a record where none can be is a fault",
        arguments: [
            (
                "<RSD><PointingRequest><Mjd2000>1</Mjd2000></PointingRequest>",
                "1: PointingRequest: found it inside no ObservationRequest, expected PointingRequests side by side in an ObservationRequest"
            ),
            (
                "<RSD><ObservationRequest id='1'><PointingRequest><PointingRequest/></PointingRequest></ObservationRequest>",
                "1: PointingRequest: found it inside another of observation 1 (line 1), expected PointingRequests side by side in an ObservationRequest"
            ),
            (
                "<RSD><ObservationRequest id='1'><PointingRequest><ObservationRequest id='2'/></PointingRequest></ObservationRequest>",
                "1: ObservationRequest: found it inside observation 1 (line 1), expected the end of that one before it"
            ),
            (
                "<RSD><ObservationRequest id='1'><PointingRequest><Longitude>1<Latitude>2</Latitude></Longitude></PointingRequest></ObservationRequest>",
                "1: Latitude: found it inside a value of observation 1, expected text without elements"
            ),
            (
                "<RSD><ObservationRequest id='1'><SurveyId>W<b>I</b>DE</SurveyId></ObservationRequest>",
                "1: b: found it inside a value of observation 1, expected text without elements"
            ),
        ])
    func misplaced(text: String, fault: String) throws {
        let rest = observation("9", pointing("986500000", "1", "2"))
        let (records, faults) = try read(text + rest + "</RSD>")
        #expect(records.map(\.id) == ["9"])
        #expect(faults.contains("survey.xml:\(fault)"), "\(faults)")
    }

    @Test("a compressed survey is read by its suffix; one that is none, or is cut off, is a fault")
    func compressed() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        let name = path + ".xml.gz"
        defer { try? FileManager.default.removeItem(atPath: name) }
        func read() -> (ids: [String], faults: [String]) {
            let faults = FaultLog(file: "survey.xml.gz")
            var ids: [String] = []
            RSDReader.read(name, faults: faults) { ids.append($0.id) }
            return (ids, faults.diagnostics.map(\.description))
        }
        let text = document(
            (1...500).map { observation("\($0)", pointing("986500000", "1", "2")) }.joined())
        try Data(text.utf8).write(to: URL(fileURLWithPath: name))
        #expect(
            read().faults == [
                "survey.xml.gz: found no gzip header, expected gzip, as its suffix says"
            ])
        let zip = Process()
        zip.executableURL = URL(fileURLWithPath: "/bin/sh")
        zip.arguments = ["-c", "mv \(name) \(path).xml && gzip \(path).xml"]
        try zip.run()
        zip.waitUntilExit()
        #expect(read().ids.count == 500)
        #expect(read().faults.isEmpty)
        let data = try Data(contentsOf: URL(fileURLWithPath: name))
        try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: name))
        #expect(read().faults.first?.contains("damaged gzip") == true)
    }
}
