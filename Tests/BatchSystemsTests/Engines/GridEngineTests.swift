import Testing

@testable import BatchSystems

/// On a real Grid Engine.
@Suite(.enabled(if: isFull), .serialized)
struct GridEngineTests {
    /// The hard limit is looked at 90 s after the soft one.
    @Test("Grid Engine conforms", .timeLimit(.minutes(10)))
    func conforms() async throws {
        let engine = try PrivateEngine("gridengine.sh", ["2"])
        var site = SiteBatch()
        site.queue = "nosuch.q"
        try await Conformance(
            title: "Grid Engine 8.1.9", system: engine.system("sge"), folder: engine.work,
            slots: 2, walltime: 6, tellsCancelled: false, warns: true,
            refusing: engine.system("sge", site: site), patience: .seconds(180)
        ).run()
    }
}
