import Payloads

/// `sdc-payload agent`: exit status 0 when there was nothing to do any more, 64 for arguments that
/// are not usable, 71 where the system does not allow an agent, 75 where another has the folder.
enum AgentCommand {
    static let usage = """
        usage: sdc-payload agent HOME --cores N --memory MIB [--gpus ID,ID] [--lease SECONDS] \
        [--sample SECONDS] [--watch SECONDS] [--no-namespace] [--no-control-groups] [--detach]
        """

    static func run(_ arguments: [String]) -> Int32 {
        var configuration = AgentConfiguration(home: "", cores: 0, memory: 0)
        var isDetached = false
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--no-namespace": configuration.usesNamespace = false
            case "--no-control-groups": configuration.usesControlGroups = false
            case "--detach": isDetached = true
            case _ where word.hasPrefix("--"):
                guard let value = rest.popFirst(), set(word, value, &configuration) else {
                    return refuse("\(word): no such option, or not with that value")
                }
            case _ where configuration.home.isEmpty: configuration.home = word
            default: return refuse("\(word): a second folder")
            }
        }
        do throws(PayloadError) {
            if isDetached { return try Agent.runDetached(configuration) }
            var agent = try Agent(configuration)
            return try agent.run()
        } catch {
            complain(error.description)
            return switch error.code {
            case .busy: 75
            case .configuration: 64
            default: 71
            }
        }
    }

    private static func set(
        _ option: String, _ value: String, _ configuration: inout AgentConfiguration
    ) -> Bool {
        switch option {
        case "--cores": Int(value).map { configuration.cores = $0 } != nil
        case "--memory": Int(value).map { configuration.memory = $0 } != nil
        case "--lease": seconds(value).map { configuration.lease = $0 } != nil
        case "--sample": seconds(value).map { configuration.sample = $0 } != nil
        case "--watch": seconds(value).map { configuration.watch = $0 } != nil
        case "--gpus": setGPUs(value, &configuration)
        default: false
        }
    }

    private static func setGPUs(_ value: String, _ configuration: inout AgentConfiguration) -> Bool
    {
        configuration.gpus = value.split(separator: ",").map(String.init)
        return true
    }

    private static func seconds(_ value: String) -> Double? {
        Double(value).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func refuse(_ message: String) -> Int32 {
        complain("\(message)\n\(usage)")
        return 64
    }
}
