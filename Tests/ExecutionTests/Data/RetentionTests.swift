import enum Files.FileName
import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct RetentionTests {
    private func runs(_ facts: (age: Double, bytes: Int)...) -> [Retention.Leaving] {
        facts.enumerated().map {
            Retention.Leaving(name: "run \($0)", age: $1.age, bytes: $1.bytes)
        }
    }

    @Test("what is too old goes")
    func age() {
        let excess = Retention(age: 10, count: 9, bytes: 99).excess(runs((11, 1), (10, 1), (9, 1)))
        #expect(excess.map(\.name) == ["run 0"])
    }

    @Test("of too many runs the oldest go")
    func count() {
        let excess = Retention(age: 10, count: 2, bytes: 99).excess(
            runs((1, 1), (4, 1), (3, 1), (2, 1)))
        #expect(excess.map(\.name) == ["run 2", "run 1"])
    }

    @Test("of too much the oldest go")
    func bytes() {
        let excess = Retention(age: 10, count: 9, bytes: 10).excess(
            runs((1, 4), (2, 6), (3, 1), (4, 0)))
        #expect(excess.map(\.name) == ["run 2", "run 3"])
    }

    @Test("a runner keeps as many runs' logs as it is told to, and what its store says of the rest")
    func keeps() async throws {
        var site = try TestSite()
        try site.addPipeline("observation", steps: [("s", "echo word >&2; echo > $out", 1)])
        for number in 0..<5 { try site.place(site.order("\(number)")) }
        try await site.serve("SDC-FR")
        let runs = "\(site.state)/SDC-FR/runs"
        #expect(StoredFiles.names(in: runs).count == 5)
        site.retention = Retention(count: 2)
        try await site.serve("SDC-FR")
        let store = try RunStore(reading: RunStore.path(state: site.state, sdc: "SDC-FR"))
        let ended = try await store.ended().sorted {
            ($0.ended, $0.id) < ($1.ended, $1.id)
        }
        #expect(ended.count == 5)
        #expect(
            Set(StoredFiles.names(in: runs))
                == Set(ended.suffix(2).map { FileName.encoded($0.id.text) }))
    }

    @Test("the work of a failed run stays until its age is over")
    func failedWork() async throws {
        var site = try TestSite()
        try site.addPipeline("observation", steps: [("s", "echo half > $out; exit 1", 1)])
        try site.place(site.order("1"))
        #expect(try await site.serve("SDC-FR").failed == 1)
        let work = site.storage("SDC-FR").workRoot
        #expect(StoredFiles.names(in: work).count == 1)
        site.retention = Retention(age: 0)
        try await site.serve("SDC-FR")
        #expect(StoredFiles.names(in: work).isEmpty)
        #expect(StoredFiles.names(in: "\(site.state)/SDC-FR/runs").isEmpty)
    }
}
