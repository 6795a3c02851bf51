import ArgumentParser
import Execution

/// The options that say who is told of notices.
struct HookOptions: ParsableArguments {
    @Option(
        name: .customLong("hook"),
        help: "Tell this address of what fails, is held or waits for storage.")
    var url: String?

    @Option(
        name: .customLong("hook-key"),
        help: "File with the key by which what is told is signed, of mode 0600.")
    var key: String?

    @Flag(
        name: .customLong("hook-plain"),
        help: "Take an address of another machine that is without TLS.")
    var isPlain = false

    func validate() throws {
        guard let url else {
            guard key == nil else { throw ValidationError("--hook-key needs --hook") }
            return
        }
        guard key != nil else { throw ValidationError("--hook needs --hook-key") }
        if let fault = Hook.fault(ofURL: url, isPlain: isPlain) {
            throw ValidationError("--hook \(fault)")
        }
    }

    /// `nil` where nobody is to be told.
    func hook() throws -> Hook? {
        guard let url, let key else { return nil }
        return try Hook(url: url, keyFile: key, isPlain: isPlain)
    }
}
