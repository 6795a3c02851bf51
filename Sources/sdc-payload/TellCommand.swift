import Payloads

/// `sdc-payload tell`: exit status 0 when the request is kept, 64 without a text, 69 where it is
/// not taken.
enum TellCommand {
    static let usage = "usage: sdc-payload tell TEXT..."

    static func run(_ arguments: [String]) -> Int32 {
        guard !arguments.isEmpty else {
            complain(usage)
            return 64
        }
        do throws(PayloadError) {
            try SubjobRequest.send(arguments.joined(separator: " "))
            return 0
        } catch {
            complain(error.description)
            return 69
        }
    }
}
