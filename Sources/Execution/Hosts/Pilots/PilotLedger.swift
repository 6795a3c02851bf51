import BatchSystems
import Foundation
import Payloads

/// What a runner has submitted of pilots, as its next start finds it: a file for each array, written
/// before it is submitted. Arrays that are over stay for a while, to be looked at.
struct PilotLedger: Sendable {
    let home: String

    private struct Entry: Codable {
        var folder: String
        var kind: String
        var cores: Int
        var memory: Int
        var gpus: Int
        var first: Int
        var submitted: Double
        var base: String?
        var pilots: [Pilot]
    }

    private struct Pilot: Codable {
        var state: PilotLife.State
        var payloads: Int
        var hasConnected: Bool
        var reason: String
        var native: String?
        var facts: PilotArray.Facts
    }

    /// Writes an array's entry anew.
    ///
    /// - Throws: `ExecutionError` of code `storage`; the one before is there still.
    func save(_ array: PilotArray) throws {
        let entry = Entry(
            folder: array.folder, kind: array.kind, cores: array.total.cores,
            memory: array.total.memory, gpus: array.total.gpus, first: array.first,
            submitted: array.submitted, base: array.base,
            pilots: zip(array.pilots, array.facts).map { life, facts in
                Pilot(
                    state: life.state, payloads: life.payloads, hasConnected: life.hasConnected,
                    reason: life.reason, native: life.status?.native, facts: facts)
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try StoredFiles.makeFolder(home)
            try StoredFiles.write(try encoder.encode(entry), to: path(array.name))
        } catch let error as ExecutionError {
            throw error
        } catch {
            throw ExecutionError(.storage, "cannot write \(path(array.name)): \(error)")
        }
    }

    /// Removes an array's entry and its folder.
    func remove(_ array: PilotArray) throws {
        try StoredFiles.remove(path(array.name))
        try StoredFiles.remove(array.folder)
    }

    /// All arrays that have an entry, in the order of their submission.
    ///
    /// - Parameter fault: is told of each that cannot be read, which is left alone.
    func arrays(fileDelay: Duration, fault: (_ name: String, any Error) -> Void) -> [PilotArray] {
        StoredFiles.names(in: home).filter { $0.hasSuffix(Self.suffix) }.compactMap {
            let name = String($0.dropLast(Self.suffix.count))
            do {
                return try array(name, fileDelay)
            } catch {
                fault(name, error)
                return nil
            }
        }.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
    }

    private func array(_ name: String, _ fileDelay: Duration) throws -> PilotArray {
        let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
        let entry = try JSONDecoder().decode(Entry.self, from: data)
        var array = PilotArray(
            name: name, folder: entry.folder, kind: entry.kind,
            total: Amounts(cores: entry.cores, memory: entry.memory, gpus: entry.gpus),
            first: entry.first,
            count: entry.pilots.count, submitted: entry.submitted, fileDelay: fileDelay)
        for (place, pilot) in entry.pilots.enumerated() {
            array.facts[place] = pilot.facts
            array.pilots[place] = PilotLife(
                state: pilot.state, payloads: pilot.payloads, hasConnected: pilot.hasConnected,
                reason: pilot.reason, native: pilot.native, fileDelay: fileDelay)
        }
        array.base = entry.base
        if !array.isOver { array.token = try? PilotOrders(folder: entry.folder).token }
        return array
    }

    private static let suffix = ".json"

    private func path(_ name: String) -> String { "\(home)/\(name)\(Self.suffix)" }
}
