import Foundation

/// Where things are by default: in the tree in which the programs are built, or where a package
/// has installed them, in PREFIX/lib/sgs.
enum ProgramPlaces {
    /// Folder of the pipelines' documents.
    static let pipelines = installed.map { "\($0)/share/sgs/pipelines" } ?? "contrib/pipelines"

    /// Folder of the runners' state.
    static let state = installed.map { _ in "/var/lib/sdc-runner" } ?? ".state/runners"

    /// Folder of the SDCs' storages.
    static let storage = installed.map { _ in "/var/lib/sdc-runner/storage" } ?? ".state/storage"

    /// The folder of this program; its companions lie beside it.
    static let programs: String = {
        let path =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (path as NSString).deletingLastPathComponent
    }()

    /// Folder of the self-test's pipelines: the one in a site's own folder of pipelines, else the
    /// one that came with the program.
    static func selfTest(of pipelines: String) -> String {
        let own = "\(pipelines)/selftest"
        return FileManager.default.fileExists(atPath: own) ? own : "\(Self.pipelines)/selftest"
    }

    /// The PREFIX below which the programs are installed; `nil` where they are not.
    private static let installed: String? = {
        let end = "/lib/sgs"
        return programs.hasSuffix(end) ? String(programs.dropLast(end.count)) : nil
    }()
}
