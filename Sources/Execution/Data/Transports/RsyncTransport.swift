/// A storage that rsync(1) reaches, through ssh or its own daemon.
///
/// A file that was cut is gone on with where it stood (`--append-verify` here, `--partial-dir`
/// there), and has its name at the other end only when rsync's checksum of the whole was right.
struct RsyncTransport: StorageTransport {
    let address: RsyncAddress
    /// KiB/s.
    let bandwidth: Int?
    let known: KnownFiles

    /// How often a transfer that is cut is gone on with before it has to wait.
    private static let tries = 3
    /// Seconds without a byte after which the other end is taken to be gone.
    private static let silence = 60
    /// Exit values of a connection that cannot be made or is cut: socket, protocol, signal, time,
    /// ssh (rsync(1), EXIT VALUES).
    private static let cuts: Set<Int32> = [10, 12, 20, 30, 35, 255]
    /// Some files could not be transferred (rsync(1), EXIT VALUES).
    private static let partial: Int32 = 23

    func fetch(_ file: String, to path: String) throws {
        let answer = try transfer(["--append-verify", address.place(of: file), path])
        if answer.status == 0 {
            guard StoredFiles.size(path) != nil else {
                throw ExecutionError(
                    .inputMissing, "\(address.place(of: file)) is not a regular file")
            }
            return
        }
        if answer.status == Self.partial, answer.text.contains("No such file or directory"),
            try transfer(["--list-only", "--dirs", address.place(of: "")]).status == 0
        {
            throw ExecutionError(.inputMissing, "there is no file \(address.place(of: file))")
        }
        throw failure("cannot fetch \(address.place(of: file))", answer)
    }

    func send(_ path: String, to file: String, expecting digest: FileDigest) throws {
        guard known.holds(path, digest) else {
            throw ExecutionError(
                .corrupted, "\(path) is not there with the bytes that it has to have")
        }
        let place = address.place(of: file)
        let answer = try transfer(
            [
                "--checksum", "--partial-dir=.rsync-partial", "--mkpath", "--fsync", "--perms",
                "--chmod=D755,F444", path, place,
            ])
        guard answer.status == 0 else { throw failure("cannot send \(place)", answer) }
        let check = try transfer(
            ["--checksum", "--dry-run", "--out-format=\(Self.different)%i", path, place])
        guard check.status == 0 else { throw failure("cannot verify \(place)", check) }
        if check.text.contains(Self.different) {
            throw ExecutionError(.storage, "\(place) has other bytes than were sent")
        }
    }

    /// Marks the files that differ in what a comparison prints.
    private static let different = "different:"

    private func failure(_ what: String, _ answer: Answer) -> ExecutionError {
        let lines = answer.text.split(whereSeparator: \.isNewline)
        let line = lines.first { $0.contains("rsync") || $0.contains("ssh") } ?? lines.first
        return ExecutionError(
            .storage, "\(what): \(line ?? "no word why") (rsync exit \(answer.status))")
    }

    // MARK: - The program

    private struct Answer {
        var status: Int32
        /// What it printed, its beginning.
        var text: String
    }

    private func transfer(_ arguments: [String]) throws -> Answer {
        var answer = Answer(status: 0, text: "")
        for _ in 0..<Self.tries {
            answer = try run(arguments)
            guard Self.cuts.contains(answer.status) else { return answer }
        }
        return answer
    }

    private func run(_ arguments: [String]) throws -> Answer {
        let words =
            ["env", "LC_ALL=C", "rsync", "--timeout=\(Self.silence)"]
            + (bandwidth.map { ["--bwlimit=\($0)"] } ?? []) + address.arguments + arguments
        let (status, text) = try OutsideProgram(words).end()
        return Answer(status: status, text: text)
    }
}
