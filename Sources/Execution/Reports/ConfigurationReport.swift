/// What a runner was started with, for people and programs; it has no secrets.
public struct ConfigurationReport: Sendable, Encodable {
    /// A setting with its value in words.
    public struct Setting: Hashable, Sendable, Encodable {
        public let name: String
        public let value: String
    }

    public let settings: [Setting]
    /// By what attempts without success are judged.
    public let rules: [VerdictRule]

    public init(_ configuration: RunnerConfiguration) {
        rules = configuration.rules.rules
        let (choice, retention) = (configuration.choice, configuration.retention)
        var all = [
            ("SDC", configuration.sdc.text), ("Storage", configuration.storage.root),
            ("State", configuration.state),
            (
                "Room",
                "\(configuration.room.cores) cores, \(configuration.room.memory) MiB"
                    + (configuration.room.gpus.isEmpty
                        ? "" : ", GPUs \(configuration.room.gpus.joined(separator: ", "))")
            ),
        ]
        all += Self.batch(configuration)
        all += [
            ("Software release", configuration.release ?? "any"),
            (
                "Releases that are sourced",
                configuration.environment?.releases.joined(separator: ", ") ?? "none"
            ),
            ("Looks for orders", "every \(configuration.pollInterval)"),
            (
                "Next payload",
                choice.order == .rank
                    ? "by rank" + (configuration.finishesBranches ? ", branches first" : "")
                    : "by fitness: "
                        + Fitness.Term.allCases.map { "\($0.rawValue) \(choice.weights[$0])" }
                        .joined(separator: ", ")
            ),
            (
                "Shares",
                choice.shares.isEmpty
                    ? "none"
                    : choice.shares.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                        .joined(separator: ", ")
            ),
            ("Payloads handed over together", "\(configuration.cluster.size)"),
            ("First payloads that others learn from", "\(configuration.scouts)"),
            (
                "Kept of runs that have ended",
                "\(retention.age) days, \(retention.count) runs, \(retention.bytes >> 20) MiB"
            ),
        ]
        settings = all.map { Setting(name: $0.0, value: $0.1) }
    }

    private static func batch(_ configuration: RunnerConfiguration) -> [(String, String)] {
        guard let site = configuration.batch else {
            return [("Payloads run", "on this machine")]
        }
        let settings = site.settings
        var all = [
            (
                "Payloads run",
                configuration.hasManyHosts ? "in pilots" : "as jobs of the batch system"
            ),
            ("Queue", settings.queue ?? "the system's own choice"),
            ("Jobs at a time", "\(settings.maxJobs) at most"),
            ("Asks the batch system", "every \(settings.interval) s"),
        ]
        for pilots in settings.pilots.enabled {
            all.append(("Pilots of class \(pilots.name)", "\(pilots.maxInstances) at most"))
        }
        return all
    }
}
