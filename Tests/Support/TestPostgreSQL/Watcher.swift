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
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "watcher", directory]
        process.standardInput = FileHandle(fileDescriptor: ends[0])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The writing end stays open, unused, until this process ends.
        close(ends[0])
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
