import Documents
import Foundation
public import GroundSegment

/// Reads a planning case: its request, survey, SDCs and calendars.
public enum CaseReader {
    /// Maintenance is kept from this many days before the period to as many after it.
    private static let margin = 366.0

    /// Reads and checks all files of a case.
    ///
    /// - Parameters:
    ///   - path: the case's folder, or its plan.yaml by any name.
    ///   - surveyOverride: a survey file to be read in place of `survey.file`, like it relative
    ///     to the case's folder.
    /// - Throws: `IngestionError` with the faults of all files.
    public static func read(
        _ path: String, surveyOverride: String? = nil
    ) throws(IngestionError) -> PlanningCase {
        let request = request(path)
        let folder = CaseFolder(path: request.folder)
        let result = folder.text(request.file).flatMap { text in
            PlanFile(text: text, faults: folder.log(request.file))
        }.flatMap { plan in
            planningCase(plan, of: folder, surveyOverride: surveyOverride)
        }
        let diagnostics = folder.diagnostics
        guard let result, diagnostics.isEmpty else { throw IngestionError(.noCase, diagnostics) }
        return result
    }

    /// The folder of the case that `path` means, to which the names of its files are relative.
    public static func folder(of path: String) -> String { request(path).folder }

    /// The folder and the name of the request that `path` means.
    private static func request(_ path: String) -> (folder: String, file: String) {
        let isFile = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
        guard isFile else { return (path, "plan.yaml") }
        let url = URL(fileURLWithPath: path)
        return (url.deletingLastPathComponent().path, url.lastPathComponent)
    }

    /// Reads what the request names; `nil` where a part of it is at fault.
    private static func planningCase(
        _ plan: PlanFile, of folder: CaseFolder, surveyOverride: String?
    ) -> PlanningCase? {
        let sdcs = readSDCs(plan, of: folder)
        let survey = plan.survey.flatMap {
            readSurvey($0, plan: plan, of: folder, override: surveyOverride)
        }
        for (key, source) in [
            ("base", plan.rules.rules.base), ("history", plan.rules.rules.history),
        ] {
            guard case .file(let name) = source, !folder.exists(name) else { continue }
            plan.root.fault(
                key, found: "\"\(name)\", which does not exist",
                expected: "a plan.json or an assignments.csv")
        }
        let reservations = readReservations(plan, of: folder)
        guard let name = plan.name, let survey, let grid = plan.grid, let buckets = plan.buckets,
            let processing = plan.processing, let balance = plan.balance,
            let weights = plan.weights, let options = plan.options, sdcs.count >= 2
        else { return nil }
        guard folder.diagnostics.isEmpty else { return nil }
        let reserved = sdcs.map { sdc in
            reservations[sdc.id].map { sdc.with(reservations: $0) } ?? sdc
        }
        do throws(PlanningCaseError) {
            return try PlanningCase(
                validating: name, survey: survey, sdcs: reserved, grid: grid, buckets: buckets,
                processing: processing, balance: balance, weights: weights,
                rules: plan.rules.rules, options: options, inputs: folder.inputs,
                reserved: plan.reserved)
        } catch {
            plan.root.faults.add(found: error.description, expected: "a case of one piece")
            return nil
        }
    }

    private static func readSDCs(_ plan: PlanFile, of folder: CaseFolder) -> [SDC] {
        guard let name = plan.sdcs else { return [] }
        guard folder.files(in: name) != nil else {
            plan.root.fault(
                "sdcs", found: "\"\(name)\", which is no folder",
                expected: "the folder of the SDC files")
            return []
        }
        let period = plan.buckets?.period ?? TimeLimits.all
        let span = TimeWindow(start: period.start + -margin, end: period.end + margin)
        let sdcs = SDCFolder.read(name, of: folder, within: span)
        plan.rules.check(sdcs: SDCFolder.ids(in: name, of: folder))
        return sdcs
    }

    /// What the table of reservations says, by SDC; none where there is no table.
    private static func readReservations(
        _ plan: PlanFile, of folder: CaseFolder
    ) -> [ID<SDC>: [Reservation]] {
        guard case .file(let name) = plan.reserved, let sdcs = plan.sdcs else { return [:] }
        guard folder.digest(name) else { return [:] }
        return ReservationTable.read(
            folder.path(of: name), sdcs: SDCFolder.ids(in: sdcs, of: folder),
            faults: folder.log(name)) ?? [:]
    }

    private static func readSurvey(
        _ source: SurveySource, plan: PlanFile, of folder: CaseFolder, override: String?
    ) -> SurveyPlan? {
        let name = override ?? source.file
        guard folder.digest(name) else { return nil }
        let faults = folder.log(name)
        var builder = SurveyBuilder(source: source, faults: faults)
        let path = folder.path(of: name)
        switch source.form {
        case .rsd:
            RSDReader.read(path, faults: faults) { builder.add($0) }
        case .database(let columns, let scale):
            DatabaseSurvey.read(
                path, columns: columns, scale: scale, faults: faults,
                scales: { builder.scales = $0 }, take: { builder.add($0) })
        case .table(let columns, let scale):
            TableSurvey.read(
                path, columns: columns, scale: scale, faults: faults,
                scales: { builder.scales = $0 }, take: { builder.add($0) })
        }
        return builder.plan(period: plan.buckets?.period)
    }
}
