import Glibc

/// Folders and what is in them.
enum FolderTree {
    /// Makes a folder with its parents where they are missing.
    ///
    /// - Throws: `PayloadError` of code `file`.
    static func make(_ path: String, mode: mode_t = 0o755) throws(PayloadError) {
        if mkdir(path, mode) == 0 { return }
        switch errno {
        case EEXIST:
            guard isFolder(path) else {
                throw PayloadError(.file, "\(path) is no folder")
            }
        case ENOENT:
            let parent = parent(of: path)
            guard !parent.isEmpty, parent != path else {
                throw PayloadError(.file, "cannot make \(path)", errno: ENOENT)
            }
            try make(parent)
            guard mkdir(path, mode) == 0 || errno == EEXIST else {
                throw PayloadError(.file, "cannot make \(path)", errno: errno)
            }
        default: throw PayloadError(.file, "cannot make \(path)", errno: errno)
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func parent(of path: String) -> String {
        var bytes = Array(path.utf8)
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        while let last = bytes.last, last != UInt8(ascii: "/") { bytes.removeLast() }
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Removes a folder, or whatever has that name, with all in it; links are not followed.
    ///
    /// - Parameter budget: the most entries to remove.
    /// - Returns: whether nothing is left.
    @discardableResult
    static func remove(_ path: String, budget: Int = .max) -> Bool {
        if unlink(path) == 0 || errno == ENOENT { return true }
        var left = budget
        guard let folder = entered(AT_FDCWD, path, opening: true) else { return rmdir(path) == 0 }
        repeat {
            guard empty(folder, top: folder, level: 0, budget: &left) else { return false }
        } while !names(in: folder).isEmpty
        return rmdir(path) == 0
    }

    /// Deeper folders than these are moved to the top before they are entered, so that no tree is
    /// too deep for the number of descriptors.
    private static let mostLevels = 32

    /// Whether everything that was found has been removed, or moved to the top.
    private static func empty(
        _ folder: Descriptor, top: Descriptor, level: Int, budget: inout Int
    ) -> Bool {
        var isEmpty = true
        for name in names(in: folder) {
            guard budget > 0 else { return false }
            budget -= 1
            if unlinkat(folder.number, name, 0) == 0 { continue }
            if unlinkat(folder.number, name, AT_REMOVEDIR) == 0 { continue }
            if level == mostLevels {
                fchmodat(folder.number, name, 0o700, 0)
                let isMoved = renameat(folder.number, name, top.number, "deep.\(budget)") == 0
                isEmpty = isEmpty && isMoved
            } else if let inner = entered(folder.number, name, opening: true) {
                let isInnerEmpty = empty(inner, top: top, level: level + 1, budget: &budget)
                let isRemoved = unlinkat(folder.number, name, AT_REMOVEDIR) == 0
                isEmpty = isEmpty && isInnerEmpty && isRemoved
            } else {
                isEmpty = false
            }
        }
        return isEmpty
    }

    /// The bytes on disk of everything in a folder, as far as `budget` entries tell.
    static func size(_ path: String, budget: Int) -> Int {
        var left = budget
        guard let folder = entered(AT_FDCWD, path, opening: false) else { return 0 }
        return size(folder, level: 0, budget: &left)
    }

    private static func size(_ folder: Descriptor, level: Int, budget: inout Int) -> Int {
        var bytes = 0
        for name in names(in: folder) {
            guard budget > 0 else { break }
            budget -= 1
            var status = stat()
            guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            bytes += Int(status.st_blocks) * 512
            if status.st_mode & S_IFMT == S_IFDIR, level < 128,
                let inner = entered(folder.number, name, opening: false)
            {
                bytes += size(inner, level: level + 1, budget: &budget)
            }
        }
        return bytes
    }

    /// A folder, to be read; no link is followed.
    ///
    /// - Parameter opening: whether its mode is set so that it can be emptied.
    private static func entered(
        _ folder: Int32, _ name: UnsafePointer<CChar>, opening: Bool
    ) -> Descriptor? {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var number = openat(folder, name, flags)
        if number < 0, opening, errno == EACCES {
            fchmodat(folder, name, 0o700, 0)
            number = openat(folder, name, flags)
        }
        guard number >= 0 else { return nil }
        if opening { fchmod(number, 0o700) }
        return Descriptor(owning: number)
    }

    /// The names in a folder as texts; bytes that are no UTF-8 are replaced.
    static func texts(in folder: Descriptor) -> [String] {
        names(in: folder).map { name in
            String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// The names in a folder, as bytes that end in zero, without `.` and `..`.
    static func names(in folder: Descriptor) -> [[CChar]] {
        let copy = openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
            let name = Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
            if name != [0x2E, 0] && name != [0x2E, 0x2E, 0] { names.append(name) }
        }
        return names
    }
}
