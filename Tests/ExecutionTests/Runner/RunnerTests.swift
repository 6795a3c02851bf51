import enum Files.FileName
import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct RunnerTests {
    private var site: TestSite

    init() throws {
        site = try TestSite()
    }

    @Test(
        "an observation's order leaves its products here and at the secondary, with their lineage")
    func observation() async throws {
        var site = site
        site.pipelines = Programs.samplePipelines
        let order = site.order("50294/A")
        try site.place(order)
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.completed == 1)
        let report = try #require(try site.report(order))
        #expect(report.event == .complete)
        #expect(report.steps.map(\.name).sorted() == ["collect", "ingest", "nir", "sir", "vis"])
        #expect(
            report.products.map(\.name) == [
                "observation/50294%2FA/raw.fits", "observation/50294%2FA/frames.fits",
            ])
        #expect(report.products.map(\.madeFrom) == [[], ["observation/50294%2FA/raw.fits"]])
        #expect(report.transfers.map(\.purpose) == [.replica, .replica])
        for product in report.products {
            let digest = FileDigest(bytes: product.bytes, sha256: product.sha256)
            for sdc in [ID<SDC>("SDC-FR"), "SDC-IT"] {
                try digest.verify(
                    site.storage(sdc).path(of: product.name, survey: order.survey, at: sdc))
            }
        }
        #expect(StoredFiles.names(in: site.storage("SDC-FR").workRoot).isEmpty)
    }

    @Test(
        "an order of an item that no file can be named after leaves its products all the same",
        arguments: [
            "Пояс Ориона, поле 7 (повторная съёмка)/северный край",
            String(repeating: "съёмка ", count: 70), String(repeating: "x", count: 1000), ".", "..",
            "/", "../../..",
        ])
    func hardNames(item: String) async throws {
        var site = site
        site.pipelines = Programs.samplePipelines
        let order = site.order(item)
        try site.place(order)
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.completed == 1)
        let report = try #require(try site.report(order))
        #expect(report.event == .complete)
        #expect(
            report.products.map(\.name)
                == ["raw.fits", "frames.fits"].map {
                    "observation/\(FileName.encoded(item))/\($0)"
                })
        for product in report.products {
            let digest = FileDigest(bytes: product.bytes, sha256: product.sha256)
            for sdc in [ID<SDC>("SDC-FR"), "SDC-IT"] {
                let storage = site.storage(sdc)
                let path = storage.path(of: product.name, survey: order.survey, at: sdc)
                try digest.verify(path)
                #expect(path.hasPrefix(storage.folder(of: sdc) + "/survey/observation/"))
            }
        }
        let source = try site.source("SDC-IT")
        #expect(try await source.locations(of: [order.item], survey: order.survey).count == 2)
    }

    @Test("the same item gives the same bytes at any SDC, marked as simulated")
    func reproducible() async throws {
        var digests: [[String]] = []
        for _ in 0..<2 {
            var site = try TestSite()
            site.pipelines = Programs.samplePipelines
            try site.place(site.order("1"))
            try await site.serve("SDC-FR")
            let report = try #require(try site.report(site.order("1")))
            digests.append(report.products.map(\.sha256))
            let path = site.storage("SDC-FR").path(
                of: report.products[1].name, survey: "survey", at: "SDC-FR")
            let content = try #require(FileManager.default.contents(atPath: path))
            #expect(content.starts(with: Data("SIMULATED frames of observation 1\n".utf8)))
        }
        #expect(digests[0] == digests[1])
        #expect(Set(digests[0]).count == 2)
    }

    @Test(
        "a tile's inputs are copied from where they are, told as transfers, and removed afterwards")
    func tile() async throws {
        var site = site
        site.pipelines = Programs.samplePipelines
        let tile = site.tileOrder("T", needing: ["1", "2"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(
            site.order("1", sdc: "SDC-FR", replicaAt: "SDC-IT"),
            site.order("2", sdc: "SDC-IT", replicaAt: "SDC-DE"),
            tile)
        try await site.serve("SDC-IT")
        try await site.serve("SDC-FR")
        let report = try #require(try site.report(tile))
        #expect(report.event == .complete)
        let copies = report.transfers.filter { $0.purpose == .copy }
        #expect(copies.map(\.product) == ["observation/2/frames.fits"])
        #expect(copies.map(\.from) == ["SDC-IT"])
        #expect(
            report.products.map(\.madeFrom) == [
                ["observation/1/frames.fits", "observation/2/frames.fits"],
                ["observation/1/frames.fits", "observation/2/frames.fits", "tile/T/mosaic.fits"],
            ])
        let copy = site.storage("SDC-FR").cachePath(
            of: "observation/2/frames.fits", survey: "survey")
        #expect(!FileManager.default.fileExists(atPath: copy))
    }

    @Test("a copy from a holder with a damaged file is made from the other one")
    func corruptedTransfer() async throws {
        var site = site
        site.pipelines = Programs.samplePipelines
        let tile = site.tileOrder("T", needing: ["2"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(site.order("2", sdc: "SDC-IT", replicaAt: "SDC-DE"), tile)
        try await site.serve("SDC-IT")
        let damaged = site.storage("SDC-IT").path(
            of: "observation/2/frames.fits", survey: "survey", at: "SDC-IT")
        let handle = try #require(FileHandle(forUpdatingAtPath: damaged))
        try handle.seek(toOffset: 5000)
        try handle.write(contentsOf: Data([0, 1, 2, 3]))
        try handle.close()
        try await site.serve("SDC-FR")
        let report = try #require(try site.report(tile))
        #expect(report.event == .complete)
        #expect(report.transfers.filter { $0.purpose == .copy }.map(\.from) == ["SDC-DE"])
    }

    @Test("an input that no holder has with the right bytes fails the order and says so")
    func inputLost() async throws {
        var site = site
        site.pipelines = Programs.samplePipelines
        let tile = site.tileOrder("T", needing: ["2"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(site.order("2", sdc: "SDC-IT", replicaAt: "SDC-DE"), tile)
        try await site.serve("SDC-IT")
        for sdc in [ID<SDC>("SDC-IT"), "SDC-DE"] {
            try StoredFiles.remove(
                site.storage(sdc).path(of: "observation/2/frames.fits", survey: "survey", at: sdc))
        }
        #expect(try await site.serve("SDC-FR").failed == 1)
        let report = try #require(try site.report(tile))
        #expect(report.event == .fail)
        #expect(
            report.message.hasPrefix("observation/2/frames.fits: input missing: there is no file"))
    }

    @Test("a failing step is tried three times, then the order fails with its last words")
    func failingStep() async throws {
        try site.addPipeline(
            "observation",
            steps: [
                ("good", "echo > $out", 1), ("bad", "echo 'no stars' >&2; exit 9", 1),
                ("never", "echo > $out", 1),
            ])
        let order = site.order("1")
        try site.place(order)
        #expect(try await site.serve("SDC-FR").failed == 1)
        let report = try #require(try site.report(order))
        #expect(report.event == .fail)
        #expect(report.message == "step bad: exit code 9: no stars")
        #expect(report.steps.map(\.name) == ["good", "bad", "bad", "bad"])
        #expect(report.steps.map(\.attempt) == [1, 1, 2, 3])
        #expect(report.steps.map(\.exitCode) == [0, 9, 9, 9])
        #expect(report.products.isEmpty)
    }

    @Test("a step that fails once completes with its second attempt")
    func retried() async throws {
        let flag = "\(site.folder.path)/flag"
        try site.addPipeline(
            "observation",
            steps: [("odd", "test -e \(flag) || { touch \(flag); exit 1; }; echo > $out", 1)])
        let order = site.order("1")
        try site.place(order)
        #expect(try await site.serve("SDC-FR").completed == 1)
        #expect(try site.report(order)?.steps.map(\.exitCode) == [1, 0])
    }

    @Test("a step that can never fit is refused at once with what it lacks")
    func neverFits() async throws {
        try site.addPipeline("observation", steps: [("wide", "echo > $out", 3)])
        let order = site.order("1")
        try site.place(order)
        try await site.serve("SDC-FR")
        let report = try #require(try site.report(order))
        #expect(report.message == "step wide: needs 1 cores more than the 2 there are")
        #expect(report.steps.isEmpty)
    }

    @Test("an order of an unknown pipeline fails and names those that are known")
    func unknownPipeline() async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        let order = site.order("1", pipeline: "shear")
        try site.place(order)
        #expect(try await site.serve("SDC-FR").failed == 1)
        #expect(
            try site.report(order)?.message
                == "pipeline \"shear\" is unknown here; known are observation")
    }

    @Test("the steps that run at the same time never exceed the slots")
    func slots() async throws {
        try site.addPipeline(
            "observation",
            steps: [("one", "sleep 0.05; echo > $out", 1), ("two", "sleep 0.05; echo > $out", 2)])
        for number in 0..<8 { try site.place(site.order("\(number)")) }
        #expect(try await site.serve("SDC-FR").completed == 8)
        let steps = try (0..<8).flatMap { try site.report(site.order("\($0)"))?.steps ?? [] }
        #expect(steps.count == 16)
        for step in steps {
            let together = steps.filter { $0.window.contains(step.window.start) }
            #expect(together.reduce(0) { $0 + $1.cores } <= 2)
        }
    }

    @Test(
        "a replica waits while the secondary is in a full outage, and is made when the clock has passed it"
    )
    func outage() async throws {
        var site = site
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        site.availability = { sdc, instant in sdc == "SDC-IT" && instant < MJD(150) ? 0 : 1 }
        let order = site.order("1")
        try site.place(order)
        let first = try await site.serve("SDC-FR")
        #expect(first.completed == 1)
        #expect(first.pendingReplicas == 1)
        let source = try site.source("SDC-FR")
        #expect(
            try await source.locations(of: [order.item], survey: "survey").map(\.holders) == [
                ["SDC-FR"]
            ])
        site.clock = .fixed(MJD(151))
        #expect(try await site.serve("SDC-FR").pendingReplicas == 0)
        #expect(
            try await source.locations(of: [order.item], survey: "survey").map(\.holders) == [
                ["SDC-FR", "SDC-IT"]
            ])
    }

    @Test("a tile whose inputs are only at SDCs in a full outage waits for the next start")
    func inputsUnavailable() async throws {
        var site = site
        site.pipelines = Programs.samplePipelines
        let tile = site.tileOrder("T", needing: ["2"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(site.order("2", sdc: "SDC-IT", replicaAt: "SDC-DE"), tile)
        try await site.serve("SDC-IT")
        site.availability = { sdc, instant in sdc != "SDC-FR" && instant < MJD(150) ? 0 : 1 }
        #expect(try await site.serve("SDC-FR").awaitingOutage == 1)
        #expect(try site.report(tile) == nil)
        site.clock = .fixed(MJD(151))
        #expect(try await site.serve("SDC-FR").completed == 1)
    }

    @Test("a second runner for the same SDC and storage is refused")
    func secondRunner() async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        let first = try await site.runner("SDC-FR")
        let error = try await #require(throws: ExecutionError.self) {
            _ = try await site.runner("SDC-FR")
        }
        #expect(error.code == .busy)
        #expect(error.message.hasPrefix("another runner serves SDC-FR: "))
        _ = try await site.runner("SDC-IT")
        withExtendedLifetime(first) {}
    }

    @Test("an SDC with nothing due ends at once")
    func nothingDue() async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        try site.place(site.order("1", release: 101))
        #expect(try await site.serve("SDC-FR") == RunnerOutcome())
    }
}
