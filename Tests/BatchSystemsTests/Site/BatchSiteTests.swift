import Testing

@testable import BatchSystems

struct BatchSiteTests {
    @Test("a site that says nothing of how its batch system is used does not use it")
    func notUsed() throws {
        for text in ["batch: slurm\n", "batch: slurm\nsite: {transport: {kind: file, path: /a}}\n"]
        {
            #expect(try BatchSite.read(text, file: "SDC-FR.yaml")?.settings == nil)
        }
    }

    @Test("the system is that of the key batch, with the settings of the site")
    func used() throws {
        let site = try #require(
            try BatchSite.read(
                "batch: slurm\nsite: {batch: {queue: long, max_jobs: 7}}\n", file: "SDC-FR.yaml"))
        #expect(site.settings.queue == "long")
        #expect(site.settings.maxJobs == 7)
        #expect(site.settings.mode == .direct)
        #expect((site.system as? CommandLineBatchSystem)?.description.name == "slurm")
    }

    @Test("faults are told with their places")
    func faults() throws {
        let error = #expect(throws: BatchSystemError.self) {
            try BatchSite.read(
                "batch: slurm\nsite:\n  batch: {mod: direct, interval: 0}\n", file: "f.yaml")
        }
        #expect(error?.code == .configuration)
        #expect(error?.diagnostics.count == 2)
        #expect(throws: BatchSystemError.self) {
            try BatchSite.read("site: {batch: {}}\n", file: "f.yaml")
        }
        #expect(throws: BatchSystemError.self) {
            try BatchSite.read("batch: lsff\nsite: {batch: {}}\n", file: "f.yaml")
        }
    }
}
