import BatchSystems
import Foundation
import Logging
import Payloads

/// More pilots, and fewer.
extension PilotJobs {
    /// Submits what there is work for.
    mutating func supply(_ demand: HostDemand) {
        guard isReady else { return }
        let now = Date().timeIntervalSince1970
        var standings: [PilotPool.Standing] = []
        for array in arrays {
            for place in array.pilots.indices where !array.pilots[place].state.isFinal {
                let name = array.pilot(place)
                let link = links[name]
                let isRunning = link?.isConnected == true
                standings.append(
                    PilotPool.Standing(
                        kind: array.kind,
                        state: isRunning ? .running : array.pilots[place].state,
                        free: demand.hosts[HostID(name)]?.free,
                        remaining: link?.end.map { $0 - now },
                        isDraining: link?.isDraining == true || array.facts[place].isToEnd))
            }
        }
        for order in pool.pass(demand.lines, standings, at: clock()) {
            guard let kind = site.settings.pilots.classes.first(where: { $0.name == order.kind })
            else { continue }
            var left = order.count
            while left > 0 {
                let count = min(left, arraySize)
                guard submit(kind, count) else { break }
                left -= count
            }
        }
    }

    /// - Returns: whether more may be tried.
    private mutating func submit(_ kind: PilotClass, _ count: Int) -> Bool {
        let number = String(lastNumber + 1)
        let padding = String(repeating: "0", count: max(0, 6 - number.count))
        let mark = String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16)
        let name = "sgs-pilot-\(padding)\(number)-\(mark)"
        var array = PilotArray(
            name: name, folder: "\(folder)/\(name)", kind: kind.name, total: kind.total,
            first: lastNumber + 1,
            count: count, submitted: Date().timeIntervalSince1970,
            fileDelay: .seconds(site.settings.fileDelay))
        let pilots = site.settings.pilots
        let warning = min(pilots.warning, kind.walltime / 2)
        let orders = PilotOrders(
            name: name, token: PilotOrders.newToken(), address: addressFile, cores: kind.cores,
            memory: kind.memory, gpus: (0..<kind.gpus).map(String.init),
            walltime: Double(kind.walltime), idle: Double(pilots.idle), warning: Double(warning),
            retries: pilots.retries)
        array.token = orders.token
        do {
            try StoredFiles.makeFolder(array.folder)
            try orders.write(in: array.folder)
            try ledger.save(array)
        } catch {
            logger.error(
                "pilots cannot be noted", metadata: ["pilots": "\(name)", "cause": "\(error)"])
            post(PilotHost.all, .absent("\(error)"))
            return false
        }
        lastNumber += count
        arrays.append(array)
        for place in array.pilots.indices { expect(array, place) }
        return submit(arrays.count - 1, orders, kind, warning)
    }

    private mutating func submit(
        _ place: Int, _ orders: PilotOrders, _ kind: PilotClass, _ warning: Int
    ) -> Bool {
        let array = arrays[place]
        let job = BatchJob(
            name: array.name, count: array.pilots.count, program: program,
            arguments: ["pilot", array.folder], folder: array.folder,
            need: BatchNeed(
                cores: kind.cores, memory: kind.memory + Self.ownMemory, walltime: kind.walltime,
                gpus: kind.gpus), warning: warning)
        do throws(BatchSystemError) {
            arrays[place].base = try site.system.submit(job).min()?.base
            arrays[place].knowledge = .known
            answered()
            logger.info(
                "pilots submitted",
                metadata: [
                    "pilots": "\(array.name)", "class": "\(kind.name)",
                    "count": "\(array.pilots.count)", "number": "\(arrays[place].base ?? "")",
                ])
            save(place)
            return true
        } catch {
            pool.fail(kind.name)
            switch error.code {
            case .refused, .badJob:
                logger.error("pilots are refused", metadata: ["cause": "\(error.message)"])
                refuse(place, "the batch system refuses it: \(error.message)")
                save(place)
                post(PilotHost.all, .absent("the batch system refuses pilots: \(error.message)"))
                return false
            default:
                failed(error)
                return false
            }
        }
    }

    /// MiB for the pilot itself, beside its payloads.
    private static let ownMemory = 64

    // MARK: - Fewer of them

    /// Has pilots end; those that have not begun are taken out of the queue.
    ///
    /// - Parameter pilots: all where `nil`.
    /// - Returns: their names.
    mutating func drain(_ pilots: [String]?) -> [String] {
        let chosen = pilots.map(Set.init)
        var names: [String] = []
        var toCancel: [BatchJobID] = []
        for array in arrays.indices {
            var isChanged = false
            for place in arrays[array].pilots.indices
            where !arrays[array].pilots[place].state.isFinal {
                let name = arrays[array].pilot(place)
                guard chosen?.contains(name) ?? true else { continue }
                names.append(name)
                arrays[array].facts[place].isToEnd = true
                isChanged = true
                links.change(name) { $0.isToEnd = true }
                if links[name]?.isConnected != true, arrays[array].pilots[place].state != .running {
                    arrays[array].id(place).map { toCancel.append($0) }
                }
            }
            if isChanged { save(array) }
        }
        cancel(toCancel)
        return names
    }

    /// Cancels those that cannot be told to end: they wait in the queue, or have not dialled since
    /// an earlier runner is gone. To be called only when none of them has a payload.
    mutating func cancelUnconnected() {
        var toCancel: [BatchJobID] = []
        for array in arrays {
            for place in array.pilots.indices where !array.pilots[place].state.isFinal {
                guard links[array.pilot(place)]?.isConnected != true else { continue }
                array.id(place).map { toCancel.append($0) }
            }
        }
        cancel(toCancel)
    }

    private func cancel(_ ids: [BatchJobID]) {
        guard !ids.isEmpty else { return }
        do throws(BatchSystemError) {
            try site.system.cancel(ids)
        } catch {
            // Each that begins is told by its runner, or finds nothing to do.
            logger.warning("pilots are not cancelled", metadata: ["cause": "\(error)"])
        }
    }
}
