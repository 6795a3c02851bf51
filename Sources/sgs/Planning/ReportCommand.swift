import ArgumentParser
import Catalogue
import Commands
import Documents
import Files
import Foundation
import GroundSegment
import Planning
import Reporting

/// `sgs report`: the report of any plan, once more.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report of any plan: published, a failover, withdrawn or of a folder.",
        discussion: """
            The page of a run's folder is written into it again; that of a plan of the catalogue \
            into reports/SURVEY-rREVISION, or reports/SURVEY-DIGEST where it has no revision.  It \
            is compared with the plan's base, where that is named, or found in the catalogue by \
            its digest.  With --actual it tells what became of the plan in force: what was planned \
            and done for each SDC and bucket until the clock.

              sgs report published
              sgs report published --actual
              sgs report 3 --output /tmp/revision-3.html
              sgs report reports/euclid-2027q1 --base reports/euclid-2026q4
            """)

    @Argument(help: ArgumentHelp("The plan: \(PlanWord.help)."))
    var plan: String

    @Option(
        help: ArgumentHelp(
            "Where the page goes: a file that ends in .html, or a folder for report.html.",
            valueName: "path"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The plan to compare it with, or none (default: its base, where that is found).",
            valueName: "plan"))
    var base: String?

    @Option(help: "The survey of a revision; may be left out where the catalogue has only one.")
    var survey: String?

    @Flag(help: "Tell what became of the plan in force until the clock.")
    var actual = false

    @Option(
        help: ArgumentHelp("With --actual, until this instant (default: now).", valueName: "date"),
        transform: MJD.argument)
    var clock: MJD?

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let finder = PlanFinder(database, survey: survey)
            let reference = try await finder.find(plan)
            let compared = try await base(of: reference, with: finder)
            var standing = reference.standing
            standing.end = try await Self.end(of: reference.record, finder)
            let page = Report(
                plan: reference.plan, inputs: reference.folder.map(Self.inputs) ?? [],
                digest: reference.digest, base: compared?.reported, standing: standing,
                progress: reference.folder.map(Self.progress) ?? [],
                actual: try await progress(of: reference, finder)
            ).html()
            let file = Self.file(output, for: reference)
            try Self.write(Data(page.utf8), to: file)
            answer.show(
                [
                    "plan": .text(reference.name), "survey": .text(reference.survey.text),
                    "digest": .text(reference.digest), "revision": JSONValue(reference.revision),
                    "base": JSONValue(compared?.digest), "file": .text(file),
                ], ["report     \(file)"])
        }
    }

    func validate() throws {
        guard actual || clock == nil else {
            throw ValidationError("--clock says until when --actual tells; --actual is missing")
        }
    }

    /// What became of the plan in force; `nil` where that is not asked for.
    private func progress(
        of reference: PlanReference, _ finder: PlanFinder
    ) async throws -> Report.Actual? {
        guard actual else { return nil }
        guard reference.record?.state == .published else {
            throw CommandError(
                .unsupported,
                "\(reference.name) is not in force: --actual tells what became of the plan in force"
                    + " (sgs report published --actual)")
        }
        let instant = WallClock(clock).now
        return Report.Actual(
            try await PlanProgress.read(
                try await finder.connection(), survey: reference.survey, clock: instant),
            clock: instant)
    }

    /// What the plan is compared with: what was named, its base in the catalogue, or nothing.
    private func base(
        of reference: PlanReference, with finder: PlanFinder
    ) async throws -> PlanReference? {
        if base == "none" { return nil }
        if let base { return try await finder.find(base, of: reference.survey) }
        // A failover was made from what was the newest then.
        let record = reference.record
        let failed = record?.failoverOf == nil ? nil : record?.base
        guard let digest = reference.plan.base ?? failed else { return nil }
        do {
            return try await finder.find(digest)
        } catch {
            answer.remark(
                "the base \(digest.prefix(12)) is not at hand, --base names it where it is; the"
                    + " report compares with nothing")
            return nil
        }
    }

    /// When a plan of the catalogue was superseded, and by which revision, or withdrawn; `nil`
    /// where it was not.
    private static func end(
        of record: DistributionRecord?, _ finder: PlanFinder
    ) async throws -> Report.Standing.End? {
        guard let record else { return nil }
        switch record.state {
        case .withdrawn:
            return record.events.last { $0.name == "withdraw" }.map {
                Report.Standing.End(instant: $0.instant)
            }
        case .superseded:
            let plans = try await SnapshotReader(try await finder.connection()).plans()
                .filter { $0.survey == record.survey }
            return plans.first { $0.revision == record.revision }?.supersededAt.map { instant in
                Report.Standing.End(
                    instant: instant,
                    successor: plans.first { $0.publishedAt == instant }?.revision)
            }
        case .draft, .checked, .approved, .published: return nil
        }
    }

    /// A run's run.json; `nil` where that is not to be read.
    private static func record(of folder: String) -> DocumentObject? {
        (try? WholeFile.contents(folder + "/run.json")).flatMap { bytes in
            DocumentObject(
                String(decoding: bytes, as: UTF8.self), notation: .json,
                faults: FaultLog(file: "run.json"))
        }
    }

    /// How a run's search went, as its run.json tells.
    private static func progress(of folder: String) -> [Report.SearchSample] {
        (record(of: folder)?.objects("progress") ?? []).compactMap { sample in
            guard let steps = sample.count("steps", in: 0...Int.max),
                let cost = sample.optionalNumber("cost", .from(0, to: 1e12))
            else { return nil }
            return Report.SearchSample(steps: steps, cost: cost)
        }
    }

    /// The files that a run read, as its run.json tells them.
    private static func inputs(of folder: String) -> [InputFile] {
        (record(of: folder)?.objects("inputs") ?? []).compactMap { input in
            guard let name = input.text("file"), let digest = input.text("sha256"),
                let size = input.count("bytes", in: 0...Int.max)
            else { return nil }
            return InputFile(name: name, sha256: digest, bytes: size)
        }
    }

    /// The page's file.
    static func file(_ output: String?, for reference: PlanReference) -> String {
        if let output { return output.hasSuffix(".html") ? output : output + "/report.html" }
        if let folder = reference.folder { return folder + "/report.html" }
        let name = reference.revision.map { "r\($0)" } ?? String(reference.digest.prefix(12))
        return "reports/\(folderName(reference.survey.text))-\(name)/report.html"
    }

    /// An identifier as a name of a folder: what is no letter, digit, dot or dash is an underscore,
    /// as is a dot at its begin.
    private static func folderName(_ text: String) -> String {
        let name = String(
            text.map { character in
                let isPlain =
                    character.isASCII
                    && (character.isLetter || character.isNumber || "._-".contains(character))
                return isPlain ? character : "_"
            })
        return name.hasPrefix(".") ? "_" + name.dropFirst() : name
    }

    private static func write(_ page: Data, to file: String) throws {
        let folder = (file as NSString).deletingLastPathComponent
        do throws(FilesError) {
            if !folder.isEmpty { try FileTree.makeFolder(folder) }
            try DurableFile.write(page, to: file)
        } catch {
            throw CommandError(.cannotWrite, "cannot write \(error.path): \(error.reason)")
        }
    }
}

extension PlanReference {
    /// What has become of it, as the catalogue tells.
    fileprivate var standing: Report.Standing {
        func told(_ name: String) -> String? {
            record?.events.last { $0.name == name }.map { event in
                "\(event.instant) by \(event.actor)" + (event.comment.map { ": \($0)" } ?? "")
            }
        }
        return Report.Standing(
            state: record?.state, revision: revision, approval: told("approve"),
            publication: told("publish"), software: "sgs \(SoftwareVersion.current)")
    }

    /// The plan as a base that a report tells of.
    var reported: Report.Base {
        Report.Base(
            plan: plan,
            publication: record?.publication)
    }
}
