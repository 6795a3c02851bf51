import Foundation

/// A process that outlives this one just long enough to stop its server and remove its files.
enum Watcher {
    /// Stops the server of the cluster in `directory` and removes the folder when this process
    /// has ended.
    static func stopAtExit(directory: String) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
            throw POSIXError(.EMFILE)
        }
        // The writing end stays open, unused, until this process ends.
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        // What other tests are opening now would stay open with it: by the end of such a socket
        // Foundation learns that a process has ended.
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let highest = open.compactMap { Int32($0) }.max() ?? 1024
        for descriptor in STDERR_FILENO + 1...highest + 1000 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        let command: [String] = ["/bin/sh", "-c", script, "watcher", directory]
        let words = command.map { strdup($0) }
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, "/bin/sh", &actions, nil, words + [nil], environ)
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .ECHILD) }
    }

    private static let script = """
        trap '' INT TERM HUP
        cat > /dev/null
        if read -r server < "$1/data/postmaster.pid"; then
            kill -QUIT "$server"
            while kill -0 "$server"; do sleep 0.1; done
        fi
        rm -rf "$1"
        """
}
