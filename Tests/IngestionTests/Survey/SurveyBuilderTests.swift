import Documents
import Foundation
import GroundSegment
import Testing

@testable import Ingestion

/// The inputs of Tests/Inputs/faults that are surveys, requests and SDCs, each with its right
/// answer (expect.md there).
@Suite("Surveys and numbers that once went wrong")
struct SurveyBuilderTests {
    /// The base case with a folder's files laid over it.
    private func fixture(_ folder: String) throws -> CaseFixture {
        let faults = "\(repository)/Tests/Inputs/faults"
        var files: [String: Data?] = ["sdcs/SDC-A.yaml": nil, "sdcs/SDC-B.yaml": nil]
        for root in ["\(faults)/base", "\(faults)/\(folder)"] {
            let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String }
            for name in names ?? [] {
                guard let data = FileManager.default.contents(atPath: "\(root)/\(name)"),
                    !name.hasSuffix(".sh")
                else { continue }
                files[name] = data
            }
        }
        return try CaseFixture(data: files)
    }

    @Test("09: a declared internal entity is included, also where it is part of a number")
    func entity() throws {
        let observations = try fixture("09-xml-entity/case-part").read().survey.observations
        #expect(observations.map(\.kind) == ["WIDE_SURVEY", "WIDE_SURVEY"])
        let first = try #require(observations.first { $0.id == "1" })
        #expect(abs(first.centre.ra - 153.29) < 0.005)
        #expect(abs(first.centre.dec - 13.17) < 0.005)
    }

    @Test(
        "11: a number that no plan can use is a fault of its file",
        arguments: [
            (
                "case-storage",
                [
                    "sdcs/SDC-A.yaml:6:1: storage: found \"1e308\", expected a number from 1e-06 to 1000000000",
                    "sdcs/SDC-B.yaml:6:1: storage: found \"1e308\", expected a number from 1e-06 to 1000000000",
                ]
            ),
            (
                "case-volume",
                [
                    "plan.yaml:16:21: processing.tile.volume: found \"1e18\", expected 0 or a number from 1e-12 to 1000000"
                ]
            ),
            (
                "case-work",
                [
                    "plan.yaml:16:10: processing.tile.work: found \"1e18\", expected a number from 1e-06 to 1000000000"
                ]
            ),
        ])
    func hugeNumber(name: String, faults: [String]) throws {
        #expect(try fixture("11-huge-number/\(name)").faults() == faults)
    }

    @Test("16: an id that no file name can hold is taken")
    func longID() throws {
        let survey = try fixture("16-long-id/case").read().survey
        let id = "Пояс Ориона, поле 7 (повторная съёмка)/северный край"
        #expect(survey.observations.contains { $0.id.text == id })
    }

    @Test("32: a byte of another encoding in markup is a fault")
    func notUTF8() throws {
        #expect(
            try fixture("32-xml-not-utf8/case").faults() == [
                "survey.xml:2:11: found a character that XML does not allow, or of another encoding, expected well-formed XML"
            ])
    }

    @Test("32: no flip of bit 7 in the survey's first kilobyte ends the program")
    func flips() throws {
        let fixture = try fixture("32-xml-not-utf8/case")
        let path = fixture.path + "/survey.xml"
        var text = try Data(contentsOf: URL(fileURLWithPath: path))
        text.removeAll { $0 >= 0x80 }
        func faults() throws -> [Diagnostic] {
            try text.write(to: URL(fileURLWithPath: path))
            let log = FaultLog(file: "survey.xml")
            RSDReader.read(path, faults: log) { _ in }
            return log.diagnostics
        }
        #expect(try faults().isEmpty)
        for place in 0..<1024 {
            text[place] ^= 0x80
            #expect(try faults().count == 1, "byte \(place)")
            text[place] ^= 0x80
        }
    }

    @Test("35: an observation inside another one is a fault")
    func nested() throws {
        let faults = try fixture("35-nested-observation/case").faults()
        #expect(faults.count == 1)
        #expect(
            faults.first?.contains(
                ": ObservationRequest: found it inside observation 1 (line ") == true, "\(faults)")
    }
}
