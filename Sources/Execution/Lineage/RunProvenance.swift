import Foundation
public import Workflows

extension Provenance {
    /// The files of runs, the payloads that read and made them, and the release that these were of.
    ///
    /// - Parameter runs: read whole.
    public init(_ runs: [RunFacts], _ configuration: (RunFacts) -> RunnerConfiguration) {
        self.init(namespace: "urn:sgs:")
        for facts in runs { add(facts, RunFiles(facts, configuration(facts).storage)) }
        // What is best known of a file comes first: one that made it, then those that read it.
        let made = entities.filter { $0.digest != nil } + entities.filter { $0.digest == nil }
        entities = Self.unique(made, by: \.id)
        agents = Self.unique(agents, by: \.id)
        derivations = Self.unique(derivations) { "\($0.made)\n\($0.from)\n\($0.activity ?? "")" }
    }

    private static func unique<Element>(
        _ elements: [Element], by key: (Element) -> String
    ) -> [Element] {
        var seen: Set<String> = []
        return elements.filter { seen.insert(key($0)).inserted }
    }

    private mutating func add(_ facts: RunFacts, _ files: RunFiles) {
        let release = facts.run.origin.softwareRelease
        let software = "software/\(release.isEmpty ? "unnamed" : release)"
        agents.append(Agent(id: software, label: "pipelines' software", version: release))
        for input in facts.run.inputs {
            entities.append(
                Entity(
                    id: RunFiles.name(input), label: Self.fileName(input.path),
                    digest: input.sha256.isEmpty ? nil : input.sha256, location: input.path))
        }
        let attempts = facts.lastAttempts
        let rows = Dictionary(grouping: files.lineageByPayload, by: \.payload)
        for payload in facts.life.processes where facts.life[payload].state == .completed {
            let path = facts.life.path(payload)
            let id = "\(facts.run.id)/\(path)#\(facts.life[payload].attempts)"
            let made = rows[payload] ?? []
            for (_, row, output) in made { add(row, output, at: files.location(output), by: id) }
            addElements(of: payload, files)
            let attempt = attempts[payload]
            var details = [
                "sdc": facts.sdc.text, "run": facts.run.id.text, "pipeline": facts.life.graph.name,
            ]
            if let attempt { details["exitCode"] = "\(attempt.exitCode)" }
            activities.append(
                Activity(
                    id: id, label: path, start: attempt?.started, end: attempt?.ended,
                    used: files.used(by: payload).map {
                        PortEntity(entity: $0.file, port: $0.port)
                    },
                    made: made.map { PortEntity(entity: $0.row.file, port: $0.row.port) },
                    agents: [software], details: details))
        }
    }

    /// A file that a payload made, and what it was made from.
    private mutating func add(
        _ row: LineageRow, _ output: StoredOutput, at location: String, by activity: String
    ) {
        entities.append(
            Entity(
                id: row.file, label: "\(row.task).\(row.port)", digest: row.sha256,
                bytes: output.digest.bytes, location: location))
        for used in Set(row.used.flatMap(\.files)).sorted() {
            derivations.append(Derivation(made: row.file, from: used, activity: activity))
        }
    }

    /// The files that a list names, which a payload read one of, come from the list.
    private mutating func addElements(of payload: Int, _ files: RunFiles) {
        for (element, lists) in files.elements(of: payload) {
            entities.append(
                Entity(id: element, label: Self.fileName(element), location: element))
            for list in lists where list != element {
                derivations.append(Derivation(made: element, from: list, activity: nil))
            }
        }
    }

    private static func fileName(_ path: String) -> String { (path as NSString).lastPathComponent }
}
