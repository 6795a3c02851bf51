import CProcess
import Glibc

/// Makes the temporary folders of attempts, and removes them.
///
/// One in which nothing was left is given to a later attempt under its own name: what is made and
/// removed with each attempt costs a file system more than all other files of the attempt, one that
/// looks for a while at each entry that was removed the most of all (ext4 without a journal).
struct TemporaryFolders {
    /// Where empty ones are kept; made when the first one is.
    private let folder: String
    private var free: [String] = []
    private var count = 0

    /// The most that are kept.
    private static let most = 64
    /// The most blocks of 512 bytes that an empty folder has which never held much.
    private static let mostBlocks = 16

    /// - Parameter home: the agent's folder; what an earlier agent kept there is removed.
    init(home: String) {
        folder = "\(home)/tmp"
        FolderTree.remove(folder)
    }

    /// Makes an empty folder in place of whatever has that name.
    ///
    /// - Throws: `PayloadError` of code `file`.
    mutating func make(_ path: String) throws(PayloadError) {
        FolderTree.remove(path)
        if let spare = free.popLast() {
            if rename(spare, path) == 0 { return }
            rmdir(spare)
        }
        try FolderTree.make(path, mode: 0o700)
    }

    /// Takes back a folder whose attempt has ended.
    ///
    /// - Parameters:
    ///   - isUsed: whether something may live that still writes to it.
    ///   - budget: the most entries to remove.
    /// - Returns: whether the folder is gone from its place.
    mutating func takeBack(_ path: String, isUsed: Bool, budget: Int) -> Bool {
        if !isUsed, free.count < Self.most, isAsNew(path) {
            if count == 0 { mkdir(folder, 0o700) }
            let spare = "\(folder)/\(count)"
            count += 1
            if rename(path, spare) == 0 {
                free.append(spare)
                return true
            }
        }
        return FolderTree.remove(path, budget: budget)
    }

    /// Whether it is an empty folder of the agent's own without anything that another attempt
    /// could find in it: entries, rights of others, attributes.
    private func isAsNew(_ path: String) -> Bool {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = Descriptor(owning: open(path, flags))
        var status = stat()
        guard opened.number >= 0, fstat(opened.number, &status) == 0,
            status.st_mode & 0o7777 == 0o700, status.st_uid == geteuid(),
            status.st_gid == getegid(), Int(status.st_blocks) <= Self.mostBlocks,
            !cprocess_has_attributes(opened.number)
        else { return false }
        return FolderTree.names(in: opened).isEmpty
    }

    /// Removes all that are kept.
    mutating func remove() {
        FolderTree.remove(folder)
        free = []
    }
}
