import Documents
import GroundSegment

extension PlanFile {
    /// What observations and tiles take.
    static func processing(_ root: DocumentObject) -> Processing? {
        guard let section = root.object("processing") else { return nil }
        section.check(keys: ["observation", "tile"])
        let observation = section.object("observation")
        observation?.check(keys: ["work", "volume", "latency", "kinds"])
        let tile = section.object("tile")
        tile?.check(keys: ["work", "volume", "work_per_observation", "volume_per_observation"])
        let works = [observation, tile].map { $0?.number("work", .work) }
        let volumes = [observation, tile].map { $0?.number("volume", .volume) }
        let latency = observation?.number("latency", .latency, default: 0)
        let kinds = observation.flatMap(Self.kinds)
        let workMore = tile?.number("work_per_observation", .moreWork, default: 0)
        let volumeMore = tile?.number("volume_per_observation", .volume, default: 0)
        guard let observationWork = works[0], let tileWork = works[1],
            let observationVolume = volumes[0], let tileVolume = volumes[1], let latency, let kinds,
            let workMore, let volumeMore
        else { return nil }
        return Processing(
            observationWork: CoreHours(observationWork),
            observationVolume: Terabytes(observationVolume), latency: latency,
            tileWork: CoreHours(tileWork), tileVolume: Terabytes(tileVolume),
            tileWorkPerObservation: CoreHours(workMore),
            tileVolumePerObservation: Terabytes(volumeMore), kinds: kinds)
    }

    /// The values of kinds; `nil` where one is at fault.
    private static func kinds(_ observation: DocumentObject) -> [String: Processing.KindValues]? {
        guard observation.has("kinds") else { return [:] }
        guard let section = observation.object("kinds") else { return nil }
        var kinds: [String: Processing.KindValues] = [:]
        var areRight = true
        for kind in section.keys {
            guard let entry = section.object(kind) else {
                areRight = false
                continue
            }
            let known = ProcessingField.ObservationField.allCases.map(\.rawValue)
            entry.check(keys: known)
            let values = [("work", NumberRange.work), ("volume", .volume), ("latency", .latency)]
                .map { key, range in
                    let value = entry.optionalNumber(key, range)
                    if entry.has(key), value == nil { areRight = false }
                    return value
                }
            if entry.keys.isEmpty {
                section.fault(
                    kind, found: "no value",
                    expected: "one or more of: \(known.joined(separator: ", "))")
                areRight = false
            }
            kinds[kind] = Processing.KindValues(
                work: values[0].map { CoreHours($0) }, volume: values[1].map { Terabytes($0) },
                latency: values[2])
        }
        return areRight ? kinds : nil
    }

    /// Where reservations come from.
    static func reserved(_ root: DocumentObject) -> ReservedSource? {
        let text = root.text("reserved", default: "none") ?? "none"
        switch text {
        case "none": return nil
        case "published": return .published
        default:
            guard [".csv", ".csv.gz", ".ecsv", ".ecsv.gz"].contains(where: text.hasSuffix) else {
                root.fault("reserved", expected: "none, published or a table, NAME.csv")
                return nil
            }
            return .file(text)
        }
    }
}
