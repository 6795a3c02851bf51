import Testing

@testable import BatchSystems

struct LocalBatchSystemTests {
    @Test("processes of this machine conform")
    func conforms() async throws {
        let folder = try TestFolder()
        try await Conformance(
            title: "local",
            system: LocalBatchSystem(cores: 2, grace: .seconds(1)),
            folder: folder.path, slots: 2, walltime: 1
        ).run()
    }

    @Test("a job that needs more cores than there are is refused")
    func refusesTooManyCores() throws {
        let folder = try TestFolder()
        let job = BatchJob(
            name: "big", program: "/bin/true", folder: folder.path, need: BatchNeed(cores: 3))
        let error = #expect(throws: BatchSystemError.self) {
            try LocalBatchSystem(cores: 2).submit(job)
        }
        #expect(error?.code == .refused)
        #expect(error?.message == "job big: found 3 cores, expected 1 to 2")
    }

    @Test("a program that is not there has failed")
    func reportsMissingProgram() throws {
        let folder = try TestFolder()
        let system = LocalBatchSystem(cores: 1)
        let job = BatchJob(name: "none", program: "/nowhere/at/all", folder: folder.path)
        let ids = try system.submit(job)
        let status = try #require(system.poll(ids)[ids[0]])
        #expect(status.state == .failed)
        #expect(status.exit == .code(127))
        #expect(status.reason == "cannot start /nowhere/at/all: No such file or directory")
    }
}
