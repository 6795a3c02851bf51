import Files
import Glibc

/// A link for each run, called by its number, to the folder of its attempts, as Rubin's
/// `bps submit` makes one called by the workflow system's own number below `id`.
///
/// ```
/// HOME/id/17 -> ../runs/RUN_20261128_140000_000000_tile
/// ```
struct RunLinks: Sendable {
    private let folder: String

    /// - Parameter home: the folder of an SDC's runner.
    init(home: String) {
        folder = "\(home)/id"
    }

    /// Makes the link of a run where there is none; it is no more than a way for people, and left
    /// out where it cannot be made.
    ///
    /// - Parameter attempt: the folder of one of its attempts.
    func make(_ run: Int64, to attempt: String) {
        let name = attempt.split(separator: "/").dropLast().last ?? ""
        let link = "\(folder)/\(run)"
        guard faccessat(AT_FDCWD, link, F_OK, AT_SYMLINK_NOFOLLOW) != 0,
            (try? StoredFiles.makeFolder(folder)) != nil
        else { return }
        symlink("../runs/\(name)", link)
    }

    /// Removes the links to folders that are gone.
    func prune() {
        for name in StoredFiles.names(in: folder) where access("\(folder)/\(name)", F_OK) != 0 {
            unlink("\(folder)/\(name)")
        }
    }
}
