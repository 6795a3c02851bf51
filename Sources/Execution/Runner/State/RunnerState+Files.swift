import Foundation
import GroundSegment
import Payloads
import Workflows

extension RunnerState {
    /// The paths behind an input port of a payload.
    func files(of payload: Int, port: String, in run: Run) -> [String] {
        paths(run.life.files(of: payload, port: port), in: run)
    }

    func paths(_ files: PortFiles, in run: Run) -> [String] {
        switch files {
        case .input(let name): run.inputs.filter { $0.port == name }.map(\.path)
        case .element(let container, let index):
            run.life.element(container: container, index: index).map { [$0] } ?? []
        case .output(let number, let port): [outputPath(number, port, in: run)]
        case .list(let all), .tuples(let all): all.flatMap { paths($0, in: run) }
        case .absent: []
        }
    }

    /// The paths behind an input port that gets the outputs of a parallel node together, by
    /// iteration; `nil` where it gets none of the kind.
    func tuples(of payload: Int, port: String, in run: Run) -> [[String]]? {
        guard case .tuples(let all) = run.life.files(of: payload, port: port) else { return nil }
        return all.map { paths($0, in: run) }
    }

    /// Where the committed attempt of a payload left the file of an output port.
    private func outputPath(_ number: Int, _ port: String, in run: Run) -> String {
        let declared = run.life.node(number).executable?.outputs.first { $0.name == port }
        let folder = configuration.workFolder(
            run.id, run.life.path(number), run.life[number].attempts)
        return "\(folder)/\(port).\(declared?.mime ?? "dat")"
    }

    /// A parallel payload is to be opened: its list is known, or has to be read first.
    mutating func readList(_ payload: Int, of number: Int64, at now: MJD) throws {
        guard let run = runs[number], let files = run.life.list(of: payload) else { return }
        let paths = paths(files, in: run)
        if case .output = files, let path = paths.first {
            filesUnderWay += 1
            effects.append(.readList(PayloadKey(run: number, payload: payload), path: path))
            return
        }
        if case .input(let name) = files,
            run.life.graph.inputs.first(where: { $0.name == name })?.content == .file,
            let path = paths.first
        {
            filesUnderWay += 1
            effects.append(.readList(PayloadKey(run: number, payload: payload), path: path))
            return
        }
        try apply(.listed(payload, paths), to: number, at: now)
    }

    mutating func listed(
        _ key: PayloadKey, _ result: Result<[String], ExecutionError>, at now: MJD
    ) throws {
        filesUnderWay -= 1
        switch result {
        case .success(let elements):
            try apply(.listed(key.payload, elements), to: key.run, at: now)
        case .failure(let error):
            try apply(.listFailed(key.payload, error.message), to: key.run, at: now)
        }
    }

    /// A payload's resources are in a file of an earlier one.
    mutating func readResources(_ payload: Int, of number: Int64, at now: MJD) throws {
        guard let run = runs[number],
            let path = run.life.resourcesFile(of: payload).flatMap({ paths($0, in: run).first })
        else {
            return try apply(
                .resourcesFailed(payload, "there is no file with its resources"), to: number,
                at: now)
        }
        filesUnderWay += 1
        effects.append(
            .readResources(
                PayloadKey(run: number, payload: payload), path: path,
                resources(of: payload, in: run)))
    }

    mutating func measured(
        _ key: PayloadKey, _ result: Result<Resources, ExecutionError>, at now: MJD
    ) throws {
        filesUnderWay -= 1
        switch result {
        case .success(let resources):
            try apply(.resources(key.payload, resources), to: key.run, at: now)
        case .failure(let error):
            try apply(.resourcesFailed(key.payload, error.message), to: key.run, at: now)
        }
    }

    /// Bytes (PATH_MAX, limits.h), the zero byte behind it counted.
    private static let longestPath = 4096

    /// The elements of a list that a payload wrote: a JSON list of texts; a path that is not
    /// absolute is taken from the list's folder.
    static func elements(ofList path: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ExecutionError(.storage, "cannot read the list \(path)")
        }
        guard let texts = try? JSONDecoder().decode([String].self, from: data) else {
            throw ExecutionError(.storage, "\(path) is not a JSON list of texts")
        }
        for (place, text) in texts.enumerated() {
            guard !text.isEmpty, text.utf8.count < Self.longestPath, !text.utf8.contains(0) else {
                throw ExecutionError(
                    .storage,
                    "\(path): element \(place): found \"\(printable(text.utf8, limit: 80))\", "
                        + "expected 1 to \(Self.longestPath - 1) bytes, none of them zero")
            }
        }
        let folder = (path as NSString).deletingLastPathComponent
        return texts.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    }

    /// The declared resources with what a file asks for in their place.
    static func resources(inFile path: String, instead declared: Resources) throws -> Resources {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ExecutionError(.storage, "cannot read the resources in \(path)")
        }
        do {
            return try declared.overridden(by: data, file: path)
        } catch {
            let faults = error.diagnostics.map(\.description).joined(separator: "; ")
            throw ExecutionError(.storage, faults.isEmpty ? error.description : faults)
        }
    }
}
