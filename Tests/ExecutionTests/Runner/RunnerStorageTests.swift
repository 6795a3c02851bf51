import Foundation
import GRDB
import GroundSegment
import Testing

@testable import Execution

/// A storage that is full, read-only or missing is waited for.
@Suite(.timeLimit(.minutes(12))) struct RunnerStorageTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
    }

    private func addObservation(_ script: String = "echo word > $out") throws {
        try site.addPipeline("observation", steps: [("s", script, 1)])
    }

    private func messages() async throws -> [String] {
        let store = try RunStore(reading: RunStore.path(state: site.state, sdc: "SDC-FR"))
        return try await store.read {
            try String.fetchAll($0, sql: "SELECT message FROM run ORDER BY number")
        }
    }

    @Test("inputs whose holders' storages are missing are waited for, and come when those are back")
    func holdersMissing() async throws {
        try addObservation()
        try site.addTile("cat $file > $out")
        let tile = site.tileOrder("T", needing: ["2"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(site.order("2", sdc: "SDC-IT", replicaAt: "SDC-DE"), tile)
        try await site.serve("SDC-IT")
        for name in ["SDC-IT", "SDC-DE"] {
            try StoredFiles.move(
                "\(site.storageRoot)/\(name)", to: "\(site.storageRoot)/away-\(name)")
        }
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.awaitingStorage == 1)
        #expect(outcome.unfinished == 1)
        #expect(outcome.failed == 0)
        #expect(try site.report(tile) == nil)
        let message = try #require(try await messages().first)
        #expect(message.hasPrefix("waits for storage: observation/2/result.txt: "))
        #expect(message.contains("the storage \(site.storageRoot)/SDC-IT is missing"))
        for name in ["SDC-IT", "SDC-DE"] {
            try StoredFiles.move(
                "\(site.storageRoot)/away-\(name)", to: "\(site.storageRoot)/\(name)")
        }
        #expect(try await site.serve("SDC-FR").completed == 1)
        #expect(try await messages() == [""])
    }

    @Test("outputs that cannot be kept now are kept later, without their steps running again")
    func outputs() async throws {
        let count = "\(site.folder.path)/count"
        try addObservation("echo once >> \(count); echo word > $out")
        let order = site.order("1")
        try site.place(order)
        let obstacle = try site.folder.write("", to: "storage/SDC-FR/survey")
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.awaitingStorage == 1)
        #expect(try site.report(order) == nil)
        #expect(try await messages().first?.hasPrefix("waits for storage: ") == true)
        try StoredFiles.remove(obstacle)
        #expect(try await site.serve("SDC-FR").completed == 1)
        #expect(try String(contentsOfFile: count, encoding: .utf8) == "once\n")
    }

    @Test("payloads that cannot have their folders now start later")
    func folders() async throws {
        try addObservation()
        let order = site.order("1")
        try site.place(order)
        let obstacle = try site.folder.write("", to: "storage/SDC-FR/.work")
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.awaitingStorage == 1)
        #expect(outcome.failed == 0)
        #expect(try site.report(order) == nil)
        try StoredFiles.remove(obstacle)
        #expect(try await site.serve("SDC-FR").completed == 1)
        #expect(try site.report(order)?.steps.count == 1)
    }

    @Test("a storage that goes away while a run executes is waited for")
    func unmounted() async throws {
        try addObservation("rm \(site.storageRoot)/SDC-FR/.runner.lock; echo word > $out")
        let order = site.order("1")
        try site.place(order)
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.awaitingStorage == 1)
        #expect(
            try await messages()
                == ["waits for storage: the storage \(site.storageRoot)/SDC-FR is missing"])
        #expect(try await site.serve("SDC-FR").completed == 1)
    }

    @Test("a replica waits while its storage cannot be used, and its order is reported before")
    func replica() async throws {
        try addObservation()
        let order = site.order("1")
        try site.place(order)
        let obstacle = try site.folder.write("", to: "storage/SDC-IT")
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.completed == 1)
        #expect(outcome.pendingReplicas == 1)
        #expect(try site.report(order)?.event == .complete)
        try StoredFiles.remove(obstacle)
        #expect(try await site.serve("SDC-FR").pendingReplicas == 0)
        let source = try site.source("SDC-FR")
        #expect(
            try await source.locations(of: [order.item], survey: "survey").map(\.holders)
                == [["SDC-FR", "SDC-IT"]])
    }

    @Test(
        "a step that fails on a full disk is not blamed, and runs when there is room",
        .enabled(if: SmallDisk.isPossible))
    func full() async throws {
        let disk = try SmallDisk(at: site.storageRoot, mebibytes: 2)
        defer { disk.unmount() }
        try addObservation("dd if=/dev/zero of=$out bs=1024 count=64 2>&1")
        let order = site.order("1")
        try site.place(order)
        let filler = try disk.fill()
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.failed == 0)
        #expect(outcome.awaitingStorage == 1)
        #expect(try site.report(order) == nil)
        try StoredFiles.remove(filler)
        #expect(try await site.serve("SDC-FR").completed == 1)
        let report = try #require(try site.report(order))
        #expect(report.products.map(\.bytes) == [65536])
        #expect(report.steps.map(\.exitCode) == [0])
    }
}
