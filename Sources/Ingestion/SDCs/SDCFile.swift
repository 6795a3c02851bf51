import Documents
import GroundSegment

/// What an SDC's description, ID.yaml, says.
struct SDCFile {
    let id: ID<SDC>
    let name: String
    let country: String
    let cores: Double
    let efficiency: Double
    let storage: Terabytes
    let used: Terabytes
    let batch: String
    let ingests: [(holding: ExternalHolding, entry: DocumentObject)]
    let ingress: Double?
    let egress: Double?

    private enum Batch: String, CaseIterable {
        case local, slurm, sge, pbs, htcondor
    }

    /// Reads a description; `nil` where something is wrong with it.
    ///
    /// - Parameter name: the file's name without its suffix, which the id must equal.
    init?(text: String, name fileName: String, faults: FaultLog) {
        guard let root = DocumentObject(text, faults: faults) else { return nil }
        root.check(keys: [
            "id", "name", "country", "cores", "efficiency", "storage", "used", "batch", "ingests",
            "ingress", "egress", "site",
        ])
        let id = root.text("id", expected: fileName)
        if let id, id != fileName {
            root.fault("id", expected: "\(fileName), as the file is called")
        }
        let name = root.text("name")
        let country = root.text("country", default: "")
        let cores = root.number("cores", .cores)
        let efficiency = root.number("efficiency", .efficiency, default: 1)
        let storage = root.number("storage", .storage)
        let used = root.number("used", .used, default: 0)
        if let used, let storage, used > storage {
            root.fault("used", expected: "at most the storage, \(PlainText.number(storage))")
        }
        let ingress = root.optionalNumber("ingress", .rate)
        let egress = root.optionalNumber("egress", .rate)
        let batch: Batch? = root.choice("batch", default: .local)
        let ingests = root.objects("ingests").map { (Self.holding($0), $0) }
        guard let id, let name, let country, let cores, let efficiency, let storage, let used,
            let batch, faults.isEmpty
        else { return nil }
        self.id = ID(id)
        self.name = name
        self.country = country
        self.cores = cores
        self.efficiency = efficiency
        self.storage = Terabytes(storage)
        self.used = Terabytes(used)
        self.batch = batch.rawValue
        self.ingress = ingress
        self.egress = egress
        self.ingests = ingests.compactMap { holding, entry in holding.map { ($0, entry) } }
    }

    /// The centre with its maintenance.
    func sdc(maintenance: [MaintenanceWindow]) -> SDC {
        SDC(
            id: id, name: name, country: country, cores: cores, efficiency: efficiency,
            storage: storage, used: used, batch: batch, ingests: ingests.map(\.holding),
            maintenance: maintenance, ingress: ingress, egress: egress)
    }

    private static func holding(_ entry: DocumentObject) -> ExternalHolding? {
        entry.check(keys: ["survey", "region", "volume"])
        let survey = entry.text("survey", expected: "a ground survey's name")
        let volume = entry.number("volume", .volume)
        guard let section = entry.object("region") else { return nil }
        section.check(keys: ["ra", "dec"])
        let ra = section.pair("ra", .rightAscension, default: (0, 360))
        let dec = section.pair("dec", .declination, default: (-90, 90))
        guard let survey, let volume, let ra, let dec else { return nil }
        guard dec.0 < dec.1 else {
            section.fault("dec", expected: "the southern edge below the northern one")
            return nil
        }
        guard ra.0 != ra.1 else {
            section.fault("ra", expected: "two different edges")
            return nil
        }
        return ExternalHolding(
            survey: survey, region: SkyRegion(ra: (ra.0, ra.1), dec: (dec.0, dec.1)),
            volume: Terabytes(volume))
    }
}
