import Foundation
import Glibc
import GroundSegment
import Testing

@testable import Execution

/// What a product is recorded as it stays, and what a step reads is what was recorded.
@Suite(.timeLimit(.minutes(12))) struct RunnerFilesTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
    }

    private func flip(_ path: String) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.write(contentsOf: Data("X".utf8))
        try handle.close()
    }

    private func product(of order: ProcessingOrder, _ script: String, at sdc: ID<SDC> = "SDC-FR")
        async throws -> (report: OrderReport, path: String)
    {
        try site.addPipeline("observation", steps: [("s", script, 1)])
        try site.place(order)
        #expect(try await site.serve("SDC-FR").completed == 1)
        let report = try #require(try site.report(order))
        let product = try #require(report.products.first)
        return (report, site.storage(sdc).path(of: product.name, survey: order.survey, at: sdc))
    }

    @Test("a flipped byte in a held input is found, and the good replica takes its place")
    func damagedInput() async throws {
        let (made, path) = try await product(of: site.order("1"), "echo good > $out")
        try flip(path)
        try site.addTile("cat $file > $out")
        let tile = site.tileOrder("T", needing: ["1"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(tile)
        #expect(try await site.serve("SDC-FR").completed == 1)
        let report = try #require(try site.report(tile))
        let copies = report.transfers.filter { $0.purpose == .copy }
        #expect(copies.map(\.product) == ["observation/1/result.txt"])
        #expect(copies.map(\.from) == ["SDC-IT"])
        #expect(copies.map(\.to) == ["SDC-FR"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "good\n")
        #expect(report.products.map(\.sha256) == made.products.map(\.sha256))
    }

    @Test("a held input that is damaged at both holders fails the order and says so")
    func damagedEverywhere() async throws {
        let (_, path) = try await product(of: site.order("1"), "echo good > $out")
        try flip(path)
        try flip(path.replacing("/SDC-FR/", with: "/SDC-IT/"))
        try site.addTile("cat $file > $out")
        let tile = site.tileOrder("T", needing: ["1"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(tile)
        #expect(try await site.serve("SDC-FR").failed == 1)
        let report = try #require(try site.report(tile))
        #expect(
            report.message.contains("corrupted: copy of survey/observation/1/result.txt: found"))
    }

    @Test("an input that a step changes is brought again, and the attempt counts as lost")
    func changedInput() async throws {
        let (made, path) = try await product(of: site.order("1"), "echo good > $out")
        let flag = "\(site.folder.path)/flag"
        try site.addTile(
            """
            cat $file > $out
            if [ ! -e \(flag) ]; then touch \(flag); chmod u+w $file; echo bad > $file; fi
            """)
        let tile = site.tileOrder("T", needing: ["1"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(tile)
        #expect(try await site.serve("SDC-FR").completed == 1)
        let report = try #require(try site.report(tile))
        #expect(report.steps.map(\.attempt) == [2])
        #expect(report.transfers.filter { $0.purpose == .copy }.map(\.from) == ["SDC-IT"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "good\n")
        #expect(report.products.map(\.sha256) == made.products.map(\.sha256))
    }

    @Test("a file of an earlier step that a later one changes fails the order and is named")
    func changedBetween() async throws {
        try site.addPipeline(
            "observation",
            steps: [
                ("a", "echo good > $out", 1),
                ("b", "chmod u+w $before; echo bad > $before; echo > $out", 1),
            ])
        let order = site.order("1")
        try site.place(order)
        #expect(try await site.serve("SDC-FR").failed == 1)
        let message = try #require(try site.report(order)?.message)
        #expect(message.hasPrefix("step b: the input "))
        #expect(message.hasSuffix("/a.1/out.txt is not what it was"))
    }

    @Test("what a step reads is read-only")
    func readOnlyInputs() async throws {
        try site.addPipeline(
            "observation",
            steps: [("a", "echo > $out", 1), ("b", "stat -c %a $before > $out", 1)])
        try site.place(site.order("1"))
        try await site.serve("SDC-FR")
        let path = site.storage("SDC-FR").path(
            of: "observation/1/result.txt", survey: "survey", at: "SDC-FR")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "444\n")
    }

    @Test(
        "an output that is no file of the step's own fails it, and says what it is",
        arguments: [
            ("echo > real; ln -s real $out", "a link, or behind one"),
            ("ln -s /etc/hostname $out", "a link, or behind one"),
            ("ln -s /nowhere $out", "a link, or behind one"),
            ("mkdir $out", "a folder"), ("mkfifo $out", "a pipe, a socket or a device"),
            (":", "missing"), ("echo > $out; rm $out", "missing"),
        ])
    func badOutputs(script: String, words: String) async throws {
        try site.addPipeline("observation", steps: [("s", script, 1)])
        let order = site.order("1")
        try site.place(order)
        #expect(try await site.serve("SDC-FR").failed == 1)
        let report = try #require(try site.report(order))
        #expect(report.message == "step s: output out \(words)")
        #expect(report.products.isEmpty)
    }

    @Test("a step that puts a link in place of its own folder fails")
    func movedFolder() async throws {
        try site.addPipeline(
            "observation",
            steps: [
                ("s", "w=$(dirname $out); echo > $out; mv $w $w.moved; ln -s $w.moved $w", 1)
            ])
        let order = site.order("1")
        try site.place(order)
        #expect(try await site.serve("SDC-FR").failed == 1)
        let message = try #require(try site.report(order)?.message)
        #expect(message.hasPrefix("step s: output out "))
    }

    @Test("an output with another name stays what it was when that is written to")
    func hardLink() async throws {
        let other = "\(site.folder.path)/other"
        let (report, path) = try await product(
            of: site.order("1"), "echo good > $out; ln $out \(other)")
        try "evil\n".write(toFile: other, atomically: false, encoding: .utf8)
        for file in [path, path.replacing("/SDC-FR/", with: "/SDC-IT/")] {
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "good\n")
        }
        #expect(report.products.map(\.bytes) == [5])
    }
}
