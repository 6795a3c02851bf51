import Foundation

/// Where HiGHS's shared library may be.
struct HiGHSSearch {
    private static let names = ["libhighs.so.1", "libhighs.so"]

    let environment: [String: String]

    /// The places to try, in this order:
    ///
    /// 1. what SGS_HIGHS_LIBRARY names, and then nothing else;
    /// 2. what the dynamic loader finds;
    /// 3. the highspy package of a Python: of the virtual environment, of the prefixes of the
    ///    `python3` on the PATH, of the user, of pyenv, and of the system.
    var places: [String] {
        if let named = environment["SGS_HIGHS_LIBRARY"], !named.isEmpty { return [named] }
        return Self.names + prefixes.flatMap { libraries(below: $0) }
    }

    private var prefixes: [String] {
        let programs = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
        let ofPath = programs.filter(FileManager.default.isExecutableFile).map { program in
            let real = URL(fileURLWithPath: program).resolvingSymlinksInPath()
            return real.deletingLastPathComponent().deletingLastPathComponent().path
        }
        let pyenv = environment["PYENV_ROOT"].map { "\($0)/versions" }
        return [environment["VIRTUAL_ENV"]].compactMap(\.self) + ofPath
            + [environment["HOME"].map { "\($0)/.local" }].compactMap(\.self)
            + (pyenv.map { root in folders(in: root).map { "\(root)/\($0)" } } ?? [])
            + ["/usr/local", "/usr"]
    }

    private func libraries(below prefix: String) -> [String] {
        folders(in: "\(prefix)/lib").filter { $0.hasPrefix("python3") }.flatMap { python in
            ["site-packages", "dist-packages"].flatMap { packages in
                Self.names.map { "\(prefix)/lib/\(python)/\(packages)/highspy/\($0)" }
            }
        }.filter(FileManager.default.fileExists)
    }

    /// The entries of a folder, the highest version first; none where it cannot be read.
    private func folders(in path: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return entries.sorted { $0.compare($1, options: .numeric) == .orderedDescending }
    }
}
