import Files
import Foundation
import Glibc

/// Copies files and folders; what symbolic links point at is copied in their place.
enum FileCopy {
    /// - Parameter shared: files are linked where the file system can, which is for those that
    ///   nobody changes and whose other name goes.
    static func copy(_ source: String, to target: String, shared: (String) -> Bool = { _ in false })
        throws
    {
        try copy(source, to: target, shared: shared, within: [])
    }

    private static func copy(
        _ source: String, to target: String, shared: (String) -> Bool, within: [String]
    ) throws {
        var facts = stat()
        guard stat(source, &facts) == 0 else {
            // A link to nowhere stays one.
            if let link = try? FileManager.default.destinationOfSymbolicLink(atPath: source),
                symlink(link, target) == 0
            {
                return
            }
            throw fault("cannot read", source)
        }
        switch facts.st_mode & S_IFMT {
        case S_IFDIR:
            let real = JobFolders.real(source) ?? source
            guard !within.contains(real), within.count < 100 else {
                throw CWLError.failure("\(source) is within itself")
            }
            try JobFolders.makeFolder(target)
            let names: [String]
            do { names = try FileTree.names(in: source) } catch {
                throw CWLError.failure("\(error)")
            }
            for name in names {
                try copy(
                    "\(source)/\(name)", to: "\(target)/\(name)", shared: shared,
                    within: within + [real])
            }
        case S_IFREG:
            let real = JobFolders.real(source) ?? source
            if shared(real), Glibc.link(real, target) == 0 { return }
            try copyBytes(source, to: target, mode: facts.st_mode & 0o777)
        default: throw CWLError.failure("\(source) is neither a file nor a folder")
        }
    }

    private static func copyBytes(_ source: String, to target: String, mode: mode_t) throws {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw fault("cannot read", source) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode | 0o200)
        guard output >= 0 else { throw fault("cannot write", target) }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(input, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw fault("cannot read", source) }
            guard count > 0 else { return }
            var written = 0
            while written < count {
                let part = buffer.withUnsafeBytes {
                    Glibc.write(output, $0.baseAddress?.advanced(by: written), count - written)
                }
                if part < 0, errno == EINTR { continue }
                guard part > 0 else { throw fault("cannot write", target) }
                written += part
            }
        }
    }

    /// Makes a symbolic link.
    static func makeLink(_ source: String, at target: String) throws {
        guard symlink(source, target) == 0 else { throw fault("cannot make a link", target) }
    }

    /// Writes a text as a new file.
    static func write(_ text: String, to target: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: target))
        } catch {
            throw CWLError(.cannotWrite, "cannot write \(target)")
        }
    }

    private static func fault(_ action: String, _ path: String) -> CWLError {
        CWLError(.cannotWrite, "\(action) \(path): \(String(cString: strerror(errno)))")
    }
}
