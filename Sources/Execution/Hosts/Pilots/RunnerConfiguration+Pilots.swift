import BatchSystems
import Files
import GroundSegment
import Payloads
import Workflows

/// Pilots as hosts of a site's payloads.
extension RunnerConfiguration {
    /// Whether payloads run on pilots, of which there are as many as there is work for.
    var hasManyHosts: Bool { batch?.settings.mode == .pilots }

    /// The folder in which the runner notes the pilots that it has submitted.
    var pilotHome: String { Self.pilotHome(state: state, sdc: sdc) }

    static func pilotHome(state: String, sdc: ID<SDC>) -> String {
        "\(state)/\(FileName.encoded(sdc.text))/pilots"
    }

    /// The folder of the pilots' own files, which the batch system's machines share.
    var pilotFolder: String {
        guard let folder = batch?.settings.folder else { return pilotHome }
        return "\(folder)/\(FileName.encoded(sdc.text))/pilots"
    }

    /// The most that payloads can have here, by kind of host.
    var resourceClasses: [ResourceClass] {
        guard hasManyHosts else {
            return [
                ResourceClass(
                    name: sdc.text, cores: room.cores, memory: room.memory, gpus: room.gpus.count)
            ]
        }
        return batch?.settings.pilots.enabled.map(ResourceClass.init) ?? []
    }

    /// Why a payload can never run here; `nil` where it can.
    func shortfall(_ resources: Resources, of executable: String) -> String? {
        guard hasManyHosts else {
            let need = Need(
                cores: resources.cores, memory: resources.memory, gpus: resources.gpus)
            return room.shortfall(need)?.description
        }
        let classes = batch?.settings.pilots.enabled ?? []
        let open = classes.filter { $0.terms().allows(executable: executable) }
        let fits = GraphCheck.missing(resources, classes: open.map(ResourceClass.init))
        guard let fits else { return nil }
        guard let nearest = fits.min(by: { $0.missing.count < $1.missing.count }) else {
            return "no class of pilots takes \(executable)"
        }
        let words = nearest.missing.map(\.description).joined(separator: " and ")
        return "fits on no pilot: class \(nearest.name) lacks \(words)"
    }
}

extension PilotClass {
    /// What its pilots are there for.
    ///
    /// - Parameter number: the pilot's in its class, from 1; 0 for any of them.
    func terms(host: String = "", number: Int = 0) -> HostTerms {
        HostTerms(
            host: host, isStarving: HostTerms.isStarving(pilot: number, percent: starving),
            executables: executables, reservedFor: Set(reservedFor))
    }
}

extension ResourceClass {
    fileprivate init(_ kind: PilotClass) {
        self.init(
            name: kind.name, cores: kind.cores, memory: kind.memory, gpus: kind.gpus,
            walltime: Double(kind.walltime) - PilotPool.margin)
    }
}
