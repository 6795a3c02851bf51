import Foundation
import GroundSegment
import Testing
import Workflows

@testable import Execution

/// A run that HTCondor's DAGMan carried out for Rubin's batch production service, as its files
/// tell of it (HTCondor manual, "DAGMan input file" and "Node status file").
struct RecordedDAG {
    /// What a node status file says of a node.
    enum Status: Int {
        case notReady = 0
        case submitted = 3
        case done = 5
        case error = 6
        case futile = 7
    }

    private struct Job {
        let name: String
        let isNoOp: Bool
        let isFinal: Bool
        var parents: [String] = []
    }

    private var jobs: [Job] = []
    /// Of each job, the ones that do nothing included.
    private(set) var statuses: [String: Status] = [:]
    /// By label, how many jobs the service made.
    private(set) var summary: [String: Int] = [:]

    /// - Parameter name: of the files in `Tests/Inputs/dagman`.
    init(_ name: String, file: String = #filePath) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
            .appendingPathComponent("../../Inputs/dagman").standardizedFileURL.path
        func text(_ suffix: String) throws -> String {
            try String(contentsOfFile: "\(folder)/\(name).\(suffix)", encoding: .utf8)
        }
        for line in try text("dag").split(separator: "\n") { read(line) }
        var node = ""
        for line in try text("node_status").split(separator: "\n") {
            if let found = line.wholeMatch(of: /\s*Node = "(.*)";/) { node = String(found.1) }
            if let found = line.wholeMatch(of: /\s*NodeStatus = (\d+);.*/) {
                let status: Status = try #require(Status(rawValue: Int(found.1) ?? -1))
                statuses[node] = status
            }
        }
        let found = try #require(
            text("info.json").firstMatch(of: /"bps_job_summary": "([^"]*)"/))
        for entry in found.1.split(separator: ";") {
            let parts = entry.split(separator: ":")
            summary[String(parts[0])] = Int(parts[1])
        }
    }

    private mutating func read(_ line: Substring) {
        let words = line.split(separator: " ").map(String.init)
        switch words.first {
        case "JOB":
            jobs.append(Job(name: words[1], isNoOp: words.last == "NOOP", isFinal: false))
        case "FINAL": jobs.append(Job(name: words[1], isNoOp: false, isFinal: true))
        case "PARENT":
            let parents = words[1...].prefix { $0 != "CHILD" }
            let children = Set(words.drop { $0 != "CHILD" })
            for place in jobs.indices where children.contains(jobs[place].name) {
                jobs[place].parents += parents
            }
        default: return
        }
    }

    /// The label of a job: its name without a UUID before it and dimensions behind it.
    static func label(_ job: String) -> String {
        let name = job.replacing(/^[0-9a-f]{8}-[0-9a-f-]{27}_/, with: "")
        return String(name.prefix { $0 != "_" })
    }

    /// By label, how many of the jobs that do something have each status.
    var counts: [String: [Status: Int]] {
        jobs.filter { !$0.isNoOp }.reduce(into: [:]) { counts, job in
            guard let status = statuses[job.name] else { return }
            counts[Self.label(job.name), default: [:]][status, default: 0] += 1
        }
    }

    func graph() throws -> Graph {
        let nodes = jobs.map { job in
            let after = job.parents.map { "\"\($0)\"" }.joined(separator: ", ")
            let program = #""executable": {"name": "p", "command": "/bin/true"}"#
            if job.isFinal {
                return
                    #"{"id": "\#(job.name)", "kind": "final", "when_run": "always", \#(program)}"#
            }
            return #"{"id": "\#(job.name)", "after": [\#(after)], "#
                + (job.isNoOp ? #""kind": "group"}"# : #""kind": "exec", \#(program)}"#)
        }
        let document = """
            {"format": "sgs-graph/2", "name": "recorded", "policy": {"attempts": 1},
             "nodes": [\(nodes.joined(separator: ","))]}
            """
        return try GraphReader.read(Data(document.utf8), file: "recorded")
    }

    /// The run's life with what became of each job that was begun; all else follows from it.
    func life() throws -> RunLife {
        var life = RunLife(graph: try graph())
        var actions = try life.apply(.inputsStaged, at: MJD(60000))
        while !actions.isEmpty {
            guard case .queue(let number) = actions.removeFirst() else { continue }
            let events: [RunEvent]
            switch statuses[life.node(number).id] {
            case .done: events = [.ended(number, attempt: 1, .completed)]
            case .error: events = [.ended(number, attempt: 1, .failed(.payload, message: "1"))]
            case .submitted: events = []
            default: continue
            }
            let begin: [RunEvent] = [
                .assigned(number, attempt: 1), .started(number, attempt: 1),
            ]
            for event in begin + events { actions += try life.apply(event, at: MJD(60000)) }
        }
        return life
    }
}
