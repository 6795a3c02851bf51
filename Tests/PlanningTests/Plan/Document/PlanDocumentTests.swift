import Digests
import Foundation
import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("plan.json")
struct PlanDocumentTests {
    private func plan() throws -> Plan {
        var timings = StageTimings()
        let options = PlanningOptions(effort: .quick, steps: 10_000)
        let sdcs = SmallCase.sdcs(3, maintenance: [1: [SmallCase.outage(2, 3, availability: 0.5)]])
        return try Planner(solver: GLPKSolver()).plan(
            Problem(SmallCase.strip(observations: 12, sdcs: sdcs, options: options)),
            timings: &timings)
    }

    @Test("what is written reads back with its digest")
    func roundTrip() throws {
        let plan = try plan()
        let (bytes, digest) = PlanDocument.encode(plan)
        let (back, stated) = try PlanDocument.decode(bytes)
        #expect(stated == digest)
        #expect(back.measures == plan.measures)
        #expect(back.search == plan.search)
        #expect(back.distribution.sdcs == plan.distribution.sdcs)
        #expect(
            back.distribution.tiles.map(\.assignment) == plan.distribution.tiles.map(\.assignment))
        #expect(back.distribution.tiles.map(\.overlaps) == plan.distribution.tiles.map(\.overlaps))
        #expect(
            back.distribution.observations.map(\.arrival)
                == plan.distribution.observations.map(\.arrival))
    }

    @Test("a changed byte is found by the digest")
    func tampered() throws {
        var bytes = PlanDocument.encode(try plan()).bytes
        let place = try #require(bytes.firstRange(of: Data("\"primary\":\"SDC-A\"".utf8))?.last)
        bytes[place - 1] = UInt8(ascii: "B")
        #expect {
            try PlanDocument.decode(bytes)
        } throws: { error in
            guard case PlanDocumentError.changed = error else { return false }
            return true
        }
    }

    @Test("a cut file is not a plan", arguments: [0, 10, 90, 1000])
    func cut(length: Int) throws {
        let bytes = PlanDocument.encode(try plan()).bytes.prefix(length)
        #expect(throws: PlanDocumentError.self) { try PlanDocument.decode(Data(bytes)) }
    }

    @Test(
        "a field that is missing is named, in the tiles and elsewhere, also where the digest is right",
        arguments: ["outer", "footprint", "latency"])
    func missing(field: String) throws {
        let head = #"{"digest":"","plan":"#.utf8.count + 64
        let bytes = PlanDocument.encode(try plan()).bytes
        let content = String(decoding: bytes.dropFirst(head).dropLast(2), as: UTF8.self)
            .replacingOccurrences(of: "\"\(field)\":", with: "\"other\":")
        let digest = SHA256Digest.hex(of: Data(content.utf8))
        let error = #expect(throws: PlanDocumentError.self) {
            try PlanDocument.decode(Data("{\"digest\":\"\(digest)\",\"plan\":\(content)}\n".utf8))
        }
        #expect(error?.description.contains(field) == true)
    }
}
