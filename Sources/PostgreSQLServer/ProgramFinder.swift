import Foundation

/// Where PostgreSQL's programs are installed.
enum ProgramFinder {
    /// Debian's folder, with one folder a major version; its programs are not on PATH.
    static let debian = "/usr/lib/postgresql"

    /// The folders in which to look, best first: Debian's, newest version first, then those of
    /// PATH.
    static func folders(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [String] {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(debian)/\($0)/bin" }
            + onPath(environment)
    }

    /// The folders of PATH.
    static func onPath(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [String] {
        (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    }

    /// The first of `folders` that has a program; `nil` where none has.
    static func folder(of program: String, in folders: [String]) -> String? {
        folders.first { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
}
