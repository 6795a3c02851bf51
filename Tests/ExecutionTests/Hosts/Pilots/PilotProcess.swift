import Foundation
import Glibc

@testable import Execution

/// The program `sdc-payload`, with nothing that this process has open.
final class PilotProcess {
    let id: pid_t
    private var status: Int32?

    /// posix_spawn_file_actions_addclosefrom_np(3), which the C library declares for C only.
    private static let closeOthers:
        (@convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32)? =
            dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
                unsafeBitCast(
                    $0,
                    to: (@convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32)
                        -> Int32).self)
            }

    init(_ arguments: [String], environment: [String: String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        _ = Self.closeOthers?(&actions, 3)
        let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let texts = { (texts: [String]) in texts.map { strdup($0) } + [nil] }
        let (words, variables) = (
            texts([Programs.agent] + arguments), texts(all.map { "\($0.key)=\($0.value)" })
        )
        defer { for text in words + variables { free(text) } }
        var id: pid_t = 0
        let error = posix_spawn(&id, Programs.agent, &actions, nil, words, variables)
        guard error == 0 else {
            throw ExecutionError(.host, "cannot start \(Programs.agent): error \(error)")
        }
        self.id = id
    }

    /// Sends a signal, where the process has not been waited for.
    func signal(_ number: Int32) {
        if status == nil { kill(id, number) }
    }

    /// Waits for its end and gives its exit status; 128 and the signal's number where one ended it.
    func end() -> Int32 {
        if let status { return status }
        var word: Int32 = 0
        while waitpid(id, &word, 0) < 0, errno == EINTR {}
        let signal = word & 0x7F
        let status = signal == 0 ? word >> 8 & 0xFF : 128 + signal
        self.status = status
        return status
    }
}
