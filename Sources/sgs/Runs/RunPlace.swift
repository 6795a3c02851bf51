import Catalogue
import Commands
import Foundation
import Glibc
import GroundSegment
import Planning

/// The folder that a run's files are to go to, looked at before there is anything to write.
///
/// A folder whose plan was approved or published is not overwritten by another plan, which goes to
/// a new folder beside it.  Where the catalogue does not answer, no plan is known to be either.
struct RunPlace {
    let path: String
    /// The plan there that is not to be overwritten; `nil` where there is none.
    private let kept: (digest: String, state: DistributionState)?

    /// Looks at the folder, and at what the catalogue knows of a plan that is there.
    ///
    /// - Throws: `CommandError` where nothing can be written there.
    init(path: String, database: DatabaseOptions) async throws {
        self.path = path
        try Self.checkWritable(path)
        kept = await Self.kept(in: path, database)
    }

    /// What is said before the search of a plan that stays; `nil` where there is none.
    var remark: String? {
        kept.map {
            "\(path) holds the plan \($0.digest.prefix(12)), which is \($0.state.rawValue) and"
                + " stays: another plan is written beside it"
        }
    }

    /// Where a plan of that digest is to be written.
    ///
    /// - Throws: `CommandError` where all names beside the folder are taken.
    func folder(for digest: String) throws -> String {
        guard let kept, kept.digest != digest else { return path }
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        for number in 2...999 where !FileManager.default.fileExists(atPath: "\(base)-\(number)") {
            return "\(base)-\(number)"
        }
        throw CommandError(
            .cannotWrite,
            "\(path): found a plan that is \(kept.state.rawValue), and \(base)-2 to \(base)-999;"
                + " expected a folder for another plan")
    }

    /// Whether a folder can be made there, or written to: nothing is.
    private static func checkWritable(_ path: String) throws {
        var place = URL(fileURLWithPath: path).standardizedFileURL
        var isFolder: ObjCBool = false
        while !FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder),
            place.path != "/"
        {
            place.deleteLastPathComponent()
        }
        guard isFolder.boolValue else {
            throw CommandError(
                .cannotWrite,
                "cannot write \(path): \(place.path): \(String(cString: strerror(ENOTDIR)))")
        }
        guard access(place.path, W_OK | X_OK) == 0 else {
            throw CommandError(
                .cannotWrite,
                "cannot write \(path): \(place.path): \(String(cString: strerror(errno)))")
        }
    }

    /// The plan of a folder that somebody has answered for.
    private static func kept(
        in path: String, _ database: DatabaseOptions
    ) async -> (digest: String, state: DistributionState)? {
        guard FileManager.default.fileExists(atPath: path + "/plan.json"),
            let found = try? readPlan(path),
            let records = try? await PlanFinder(database).store().distributions(
                digest: found.digest),
            let record = records.first(where: { $0.survey == found.plan.distribution.survey })
        else { return nil }
        switch record.state {
        case .approved, .published, .superseded: return (found.digest, record.state)
        case .draft, .checked, .withdrawn: return nil
        }
    }
}
