import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// A site whose runner, the real program, has its payloads run by pilots.
struct PilotedSite {
    let site: OperatedSite
    let more: [String]
    let environment: [String: String]
    let folder: String

    /// With processes of this machine as the batch system.
    ///
    /// - Parameters:
    ///   - walltime: seconds of a pilot.
    ///   - retries: how often a pilot dials within the time `idle`.
    init(
        walltime: Int = 3600, instances: Int = 2, idle: Int = 600, retries: Int = 40,
        listen: String = "127.0.0.1"
    ) throws {
        site = try OperatedSite()
        folder = "\(site.site.folder.path)/sdcs"
        more = ["--sdcs", folder]
        environment = [:]
        let settings = """
            {mode: pilots, interval: 1, file_delay: 1, pilots: {listen: "\(listen)", idle: \(idle),
              retries: \(retries), classes: {small: {cores: 1, memory: 1024, walltime: \(walltime),
              max_instances: \(instances)}}}}
            """
        try Self.describe(site.site.folder, batch: "local", settings)
    }

    /// With a batch system of its own.
    init(
        on engine: PrivateEngine, _ site: OperatedSite, walltime: Int = 3600, instances: Int = 2,
        idle: Int = 600, cores: Int = 2, memory: Int = 512
    ) throws {
        self.site = site
        folder = "\(site.site.folder.path)/sdcs"
        more = ["--sdcs", folder]
        environment = engine.environment
        let settings = """
            {mode: pilots, interval: 1, file_delay: 2, pilots: {listen: 127.0.0.1, idle: \(idle),
              classes: {small: {cores: \(cores), memory: \(memory), walltime: \(walltime),
              max_instances: \(instances), max_queued: \(instances), per_pass: \(instances)}}}}
            """
        try Self.describe(site.site.folder, batch: engine.kind.rawValue, settings)
    }

    private static func describe(
        _ folder: TestFolder, batch: String, _ settings: String
    ) throws {
        for (sdc, site) in [("SDC-FR", "site: {batch: \(settings)}"), ("SDC-IT", "")] {
            try folder.write(
                """
                id: \(sdc)
                name: Pilots
                country: FR
                cores: 8
                efficiency: 0.8
                storage: 1
                used: 0
                batch: \(batch)
                \(site)
                """, to: "sdcs/\(sdc).yaml")
        }
    }

    func runner(_ words: String...) throws -> RunnerProcess {
        try RunnerProcess(
            site.site, sdc: "SDC-FR", more: more + words, environment: environment)
    }

    /// What the runner's ledger has of pilots.
    var noted: [PilotFacts] {
        PilotFacts.noted(state: site.site.state, sdc: "SDC-FR") { _, _ in }
    }

    /// What the runner says of its pilots now.
    func pilots() async throws -> [PilotFacts] {
        try await site.control.ask(.pilots)?.pilots ?? []
    }

    /// Waits until pilots that are connected are so many.
    func haveConnected(_ count: Int) async throws -> [PilotFacts] {
        for _ in 0..<30_000 {
            let pilots = try await pilots().filter(\.isConnected)
            if pilots.count >= count { return pilots }
            try await Task.sleep(for: .milliseconds(20))
        }
        return []
    }

    /// Waits until as many pilots as that are connected, and no more.
    func haveConnected(exactly count: Int) async throws -> Bool {
        for _ in 0..<30_000 {
            if try await pilots().count(where: \.isConnected) == count { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// Has pilots that dial from now on come to a proxy, and gives what they would have come to.
    func put(_ proxy: CuttingProxy) async throws -> PilotAddress {
        let file = "\(site.configuration.pilotFolder)/runner.address"
        var target = proxy.address
        while target == proxy.address {
            target = (try? PilotAddress(file: file)) ?? proxy.address
            try await Task.sleep(for: .milliseconds(10))
        }
        try proxy.address.write(to: file)
        return target
    }

    /// One payload that waits until it may go on (`go`), when it has begun.
    func begin() async throws -> String {
        let graph = try site.graph(
            "one", [.init(id: "a", script: "say begun; wait_for go; echo > $out")])
        #expect(try await site.isServed())
        let run = try await site.submit(graph)
        #expect(try await eventually { site.said == ["begun"] })
        return run
    }

    /// Kills a runner each time that so many steps of the orders have run, and lets the last one
    /// come to its end.
    func run(_ orders: [ProcessingOrder], killingAt counts: [Int]) async throws {
        for count in counts {
            let runner = try runner("--until-idle")
            #expect(try await eventually { site.said.count >= count })
            runner.signal(SIGKILL)
            _ = runner.end()
        }
        #expect(try runner("--until-idle").end() == 0)
        try check(orders)
    }

    /// The processes of pilots that live.
    var processes: [Int32] {
        let mark = Array("\(site.site.state)/".utf8)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int32.init).filter { process in
            guard let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline"),
                words.firstRange(of: Data("\0pilot\0".utf8)) != nil
            else { return false }
            return words.firstRange(of: Data(mark)) != nil
        }
    }

    /// Orders of three steps each, which write their names to the journal.
    func place(_ count: Int) throws -> [ProcessingOrder] {
        let step = "echo $SGS_ORDER $SGS_STEP >> \(site.journal); hostname > $out"
        try site.site.addPipeline(
            "observation", steps: [("first", step, 1), ("second", step, 1), ("third", step, 1)])
        let orders = (0..<count).map { site.site.order("\($0)") }
        for order in orders { try site.site.place(order) }
        return orders
    }

    func check(_ orders: [ProcessingOrder]) throws {
        for order in orders {
            let report = try #require(try site.site.report(order), "\(order.id) has no report")
            #expect(report.event == .complete, "\(report.message)")
        }
        #expect(site.said.count == 3 * orders.count)
        #expect(Set(site.said).count == 3 * orders.count)
    }
}
