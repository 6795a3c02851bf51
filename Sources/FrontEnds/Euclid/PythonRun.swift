import Files
import Foundation
import Glibc

/// One run of a Python program on this host: without a network where the system allows that, as
/// an ordinary user, to its end or a limit of time.
struct PythonRun {
    let output: Data
    /// The exit status; 128 plus the signal's number where one ended it.
    let status: Int32
    private let errors: Data

    /// The status of one that has not ended in time.
    static let killed: Int32 = 128 + SIGKILL

    /// - Parameters:
    ///   - patience: seconds.
    ///   - readers: the file that it is about; its owner runs the program where this process may
    ///     do anything.
    /// - Throws: `FilesError` where it cannot be started, or a folder for it not be made.
    init(_ program: Data, arguments: [String], patience: Int, readers file: String) throws {
        var template = Array("\(NSTemporaryDirectory())/sgs-script-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FilesError(
                .refused, "cannot make", NSTemporaryDirectory(),
                reason: String(cString: strerror(errno)))
        }
        let folder = String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (script, out, err) = ("\(folder)/program.py", "\(folder)/output", "\(folder)/errors")
        try program.write(to: URL(fileURLWithPath: script))
        // Others than the owner of this process may be the ones who read it.
        chmod(folder, 0o755)
        chmod(script, 0o644)
        let words =
            ["timeout", "--signal=KILL", String(patience)] + Self.alone
            + Self.ordinary(file) + ["python3", "-I", script] + arguments
        let ends = [out, err].map { (path: String) in
            open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        }
        defer { for end in ends where end >= 0 { close(end) } }
        let child = try ChildProcess(words, output: ends[0], error: ends[1], isGroup: false)
        let end = child.reap() ?? 1 << 8
        status = end & 0x7f == 0 ? (end >> 8) & 0xff : 128 + (end & 0x7f)
        output = FileManager.default.contents(atPath: out) ?? Data()
        errors = FileManager.default.contents(atPath: err) ?? Data()
    }

    /// The last line that it has written to its standard error.
    var lastWords: String {
        String(decoding: errors.suffix(500), as: UTF8.self)
            .split(separator: "\n").last.map(String.init) ?? ""
    }

    /// Before a command that is to have no network; nothing where the system does not allow that.
    private static let alone: [String] = {
        let choices = [
            ["unshare", "--net"], ["unshare", "--user", "--map-current-user", "--net"],
        ]
        return choices.first { works($0 + ["true"]) } ?? []
    }()

    /// Before a command that is not to be run as root: its user is the file's owner, or nobody.
    /// Where such a user cannot run Python or read the file it is root without any privilege.
    private static func ordinary(_ file: String) -> [String] {
        guard geteuid() == 0 else { return [] }
        var facts = stat()
        let nobody: UInt32 = 65534
        let isOwned = stat(file, &facts) == 0 && facts.st_uid != 0
        let (user, group) = isOwned ? (facts.st_uid, facts.st_gid) : (nobody, nobody)
        let other = ["setpriv", "--reuid=\(user)", "--regid=\(group)", "--clear-groups"]
        let look = [
            "python3", "-I", "-c", "import os, sys; os.close(os.open(sys.argv[1], os.O_RDONLY))",
            file,
        ]
        return works(other + look)
            ? other : ["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    }

    private static func works(_ words: [String]) -> Bool {
        let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(nowhere) }
        let child = try? ChildProcess(words, output: nowhere, error: nowhere, isGroup: false)
        return child?.reap() == 0
    }
}
