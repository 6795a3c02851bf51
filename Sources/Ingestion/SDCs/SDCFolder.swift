import Documents
import GroundSegment

/// The SDCs of a planning case: ID.yaml and, where there is maintenance, ID.ics.
enum SDCFolder {
    /// Reads all SDCs; those at fault are left out, and the faults noted.
    ///
    /// - Parameters:
    ///   - name: the folder, relative to the case.
    ///   - span: maintenance is expanded within it.
    static func read(_ name: String, of folder: CaseFolder, within span: TimeWindow) -> [SDC] {
        let names = folder.files(in: name) ?? []
        let ids = ids(in: name, of: folder).map(\.text)
        if ids.count < 2 {
            folder.log(name).add(
                found: ids.count == 1 ? "one SDC" : "no SDC",
                expected: "at least two: a distribution needs a primary and a secondary")
        }
        if ids.count > PlanningCase.mostSDCs {
            folder.log(name).add(
                found: "\(ids.count) SDCs", expected: "at most \(PlanningCase.mostSDCs)")
        }
        checkStrays(names, ids: ids, in: name, of: folder)
        var files: [(file: SDCFile, sdc: SDC)] = []
        for id in ids {
            let description = "\(name)/\(id).yaml"
            let file = folder.text(description).flatMap {
                SDCFile(text: $0, name: id, faults: folder.log(description))
            }
            let maintenance =
                names.contains("\(id).ics")
                ? calendar("\(name)/\(id).ics", of: folder, within: span) : []
            if let file { files.append((file, file.sdc(maintenance: maintenance))) }
        }
        checkVolumes(files.map(\.file))
        return files.map(\.sdc)
    }

    /// The SDCs that the folder has a description of, right or wrong.
    static func ids(in name: String, of folder: CaseFolder) -> [ID<SDC>] {
        (folder.files(in: name) ?? []).filter { $0.hasSuffix(".yaml") }
            .map { ID(String($0.dropLast(5))) }
    }

    private static func calendar(
        _ name: String, of folder: CaseFolder, within span: TimeWindow
    ) -> [MaintenanceWindow] {
        guard let data = folder.data(name) else { return [] }
        return MaintenanceCalendar.read(data, within: span, faults: folder.log(name))
    }

    /// Notes files that look like a description and would be passed over.
    private static func checkStrays(
        _ names: [String], ids: [String], in name: String, of folder: CaseFolder
    ) {
        for file in names {
            guard let (suffix, right) = wrongSuffix(file) else { continue }
            folder.log("\(name)/\(file)").add(
                found: "the suffix \(suffix)", expected: file.dropLast(suffix.count) + right)
        }
        var folded: [String: String] = [:]
        for id in ids {
            guard let first = folded.updateValue(id, forKey: id.lowercased()) else { continue }
            folder.log("\(name)/\(id).yaml").add(
                found: "an SDC that differs from \(first) in capitals only",
                expected: "each SDC once")
        }
        for file in names where file.hasSuffix(".ics") && !ids.contains(String(file.dropLast(4))) {
            folder.log("\(name)/\(file)").add(
                found: "a calendar of no SDC", expected: "\(file.dropLast(4)).yaml beside it")
        }
    }

    /// A file name's suffix that means a description or a calendar and is not what they have, and
    /// what they have.
    private static func wrongSuffix(_ file: String) -> (suffix: String, right: String)? {
        let lower = file.lowercased()
        for (suffix, right) in suffixes where lower.hasSuffix(suffix) && !file.hasSuffix(right) {
            return (String(file.suffix(suffix.count)), right)
        }
        return nil
    }

    private static let suffixes = [
        (".yaml", ".yaml"), (".yml", ".yaml"), (".ics", ".ics"), (".ical", ".ics"),
        (".icalendar", ".ics"), (".yaml.gz", ".yaml"), (".yml.gz", ".yaml"), (".ics.gz", ".ics"),
    ]

    /// Notes ground surveys whose volume for a tile differs from one SDC to another.
    private static func checkVolumes(_ files: [SDCFile]) {
        var first: [String: (volume: Terabytes, sdc: ID<SDC>)] = [:]
        for file in files {
            for (holding, entry) in file.ingests {
                let known = first[holding.survey] ?? (holding.volume, file.id)
                first[holding.survey] = known
                guard known.volume != holding.volume else { continue }
                entry.fault(
                    "volume", found: "\(holding.volume) for \(holding.survey)",
                    expected: "\(known.volume), as at \(known.sdc)")
            }
        }
    }
}
