import Testing

@testable import BatchSystems

struct SitePilotsTests {
    private static func text(_ pilots: String) -> String {
        let lines = pilots.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        return "batch: slurm\nsite:\n  batch:\n    mode: pilots\n    pilots:\n" + lines
    }

    @Test("all that can be said of pilots is read")
    func reads() throws {
        let site = try SiteBatch.read(
            Self.text(
                """
                classes:
                  light: {cores: 2, memory: 4132, walltime: 259200}
                  heavy:
                    cores: 16
                    memory: 32768
                    gpus: 1
                    walltime: 3600
                    max_instances: 10
                    max_queued: 5
                    per_pass: 4
                    starving: 20
                    keep: 3
                    executables: [mosaic, stack]
                    reserved_for: [DR1]
                idle: 30
                retries: 8
                warning: 60
                listen: login01:7000
                max_queued: 20
                per_pass: 9
                """), file: "SDC-FR.yaml")
        var expected = SitePilots()
        var heavy = PilotClass(name: "heavy", cores: 16, memory: 32768, walltime: 3600)
        heavy.gpus = 1
        heavy.maxInstances = 10
        heavy.maxQueued = 5
        heavy.perPass = 4
        heavy.starving = 20
        heavy.keep = 3
        heavy.executables = ["mosaic", "stack"]
        heavy.reservedFor = ["DR1"]
        expected.classes = [
            PilotClass(name: "light", cores: 2, memory: 4132, walltime: 259200), heavy,
        ]
        expected.idle = 30
        expected.retries = 8
        expected.warning = 60
        expected.listen = "login01:7000"
        expected.maxQueued = 20
        expected.perPass = 9
        #expect(site.pilots == expected)
        #expect(site.mode == .pilots)
    }

    @Test("a class that may have no instance is not used")
    func enabled() throws {
        let site = try SiteBatch.read(
            Self.text(
                """
                classes:
                  off: {cores: 2, memory: 4132, walltime: 259200, max_instances: 0}
                  on: {cores: 2, memory: 4132, walltime: 259200}
                """), file: "SDC-FR.yaml")
        #expect(site.pilots.enabled.map(\.name) == ["on"])
    }

    @Test(
        "where a runner listens may be a host, a port of it, or a socket",
        arguments: [
            "login01", "login01.example.org:0", "10.0.0.1:7000", "unix:/run/sgs/pilots",
        ])
    func listens(_ text: String) throws {
        let site = try SiteBatch.read(
            Self.text("classes: {a: {cores: 1, memory: 1, walltime: 60}}\nlisten: \"\(text)\""),
            file: "f")
        #expect(site.pilots.listen == text)
    }

    @Test("all faults are told at once, each with its line")
    func faults() throws {
        do throws(BatchSystemError) {
            _ = try SiteBatch.read(
                Self.text(
                    """
                    classes:
                      light: {cores: 0, memory: 4132, wall: 5}
                      a name: {cores: 1, memory: 1, walltime: 60, keep: 9, max_instances: 3}
                      other: 7
                    idle: 0
                    listen: "-oProxy:1"
                    starving: 5
                    per_pass: none
                    """), file: "SDC-FR.yaml")
            Issue.record("read")
        } catch {
            #expect(error.code == .configuration)
            let fields = error.diagnostics.compactMap(\.field)
            #expect(
                Set(fields) == [
                    "site.batch.pilots.classes.light.cores",
                    "site.batch.pilots.classes.light.wall",
                    "site.batch.pilots.classes.light.walltime",
                    "site.batch.pilots.classes.a name", "site.batch.pilots.classes.a name.keep",
                    "site.batch.pilots.classes.other", "site.batch.pilots.idle",
                    "site.batch.pilots.listen", "site.batch.pilots.starving",
                    "site.batch.pilots.per_pass",
                ])
        }
    }

    @Test("pilots without a class are a fault", arguments: ["idle: 5", "classes: {}"])
    func none(_ text: String) {
        #expect(throws: BatchSystemError.self) {
            try SiteBatch.read(Self.text(text), file: "SDC-FR.yaml")
        }
    }
}
