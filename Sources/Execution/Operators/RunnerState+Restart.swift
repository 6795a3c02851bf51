import Foundation
import GroundSegment
import Workflows

extension RunnerState {
    /// What a restart does again: what it names, and what made files that are needed and gone.
    func restart(
        _ run: Run, _ payload: Int?, _ corrections: [String: String], _ document: String?,
        isForced: Bool
    ) throws -> Restart {
        var resources: [Int: Resources] = [:]
        for (name, text) in corrections {
            let number = try self.number(ofPayload: name, in: run)
            do {
                resources[number] = try self.resources(of: number, in: run).overridden(
                    by: Data(text.utf8), file: name)
            } catch {
                throw ExecutionError(.badCommand, error.message, diagnostics: error.diagnostics)
            }
        }
        let graph = try document.map { try Inbox.graph($0, "the corrected graph") }
        if let graph, let difference = graph.shapeDifference(from: run.life.graph) {
            throw ExecutionError(
                .badCommand, "the corrected graph has another shape: \(difference)")
        }
        let scope = payload.map { Restart.Scope.from($0) } ?? .failed
        guard run.life.state.isFinal else {
            return Restart(scope, resources: resources, graph: graph, isForced: isForced)
        }
        var lost: Set<Int> = []
        while true {
            let restart = Restart(
                scope, resources: resources, graph: graph, lost: lost, isForced: isForced)
            var life = run.life
            _ = try life.apply(.restart(restart), at: run.taken)
            let more = producersOfLostFiles(life, of: run).subtracting(lost)
            if more.isEmpty { return restart }
            lost.formUnion(more)
        }
    }

    /// The number of a payload that is named by its path or number.
    func number(ofPayload name: String, in run: Run) throws -> Int {
        if let number = run.life.number(path: name) { return number }
        if let number = Int(name), run.life.contains(number) { return number }
        throw ExecutionError(.unknownItem, "\(run.id) has no payload \(name)")
    }

    /// Completed payloads whose files are gone though something that is not over reads them, or
    /// they are kept as outputs of the run.
    private func producersOfLostFiles(_ life: RunLife, of run: Run) -> Set<Int> {
        var again = run
        again.life = life
        var lost: Set<Int> = []
        func look(_ files: PortFiles) {
            switch files {
            case .output(let number, _):
                if life[number].state == .completed, life.isProcess(number),
                    paths(files, in: again).contains(where: { StoredFiles.size($0) == nil })
                {
                    lost.insert(number)
                }
            case .list(let all), .tuples(let all): all.forEach(look)
            case .input, .element, .absent: break
            }
        }
        for number in 0..<life.count where !life[number].state.isFinal && life.isCounted(number) {
            if let executable = life.node(number).executable {
                for port in executable.inputs { look(life.files(of: number, port: port.name)) }
            }
            if let list = life.list(of: number) { look(list) }
            if let file = life.resourcesFile(of: number) { look(file) }
        }
        for output in life.graph.outputs { look(life.files(of: output)) }
        return lost
    }

    /// Whether a run that has ended may begin again: the end of an order's run, once told, is the
    /// order's, which its source gives out again.
    ///
    /// - Throws: `ExecutionError` of code `illegalTransition`, or `busy` while its end is told.
    func mayRestart(_ run: Run, isTold: Bool) throws {
        guard let order = run.order else { return }
        guard !isTold else {
            throw ExecutionError(
                .illegalTransition,
                "\(run.id): the end of order \(order.id) was told; retry the order: what has "
                    + "completed is not done again")
        }
        guard !isSending else {
            throw ExecutionError(.busy, "\(run.id): its end is being told; try again")
        }
    }
}
