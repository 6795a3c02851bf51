import ArgumentParser
import Catalogue
import Commands
import Documents
import Foundation
import GroundSegment
import Logging
import NIOCore
import Service
import ServiceLifecycle
import UnixSignals

/// `sgs serve`: who owns what, over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer who owns what over HTTP, with pages for people.",
        discussion: """
            Reads the catalogue and changes nothing, so that no login is needed.  TLS is the matter \
            of a proxy in front of it.  /openapi.json describes the interface.  SIGTERM finishes \
            what is under way. With systemd: Type=notify, and WatchdogSec where it is to be started \
            again when it hangs.

              sgs serve
              sgs serve --port 8443 --public-address https://owners.example.org
            """)

    @OptionGroup var options: DatabaseOptions

    @Option(help: "Address to listen on.")
    var host: String = "127.0.0.1"

    @Option(help: "Port to listen on; 0 for any free one.")
    var port: Int = 8080

    @Option(
        help: ArgumentHelp(
            "Address under which clients see the service (default: host and port).",
            valueName: "url"))
    var publicAddress: String?

    @Option(
        help: ArgumentHelp(
            "File to which a line is added for each answer, in the combined log format; - for "
                + "the standard output (default: none).", valueName: "file"))
    var accessLog: String?

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw ValidationError("--port: found \(port), expected 0 to 65535")
        }
        if let publicAddress {
            let isHTTP = ["http://", "https://"].contains { publicAddress.hasPrefix($0) }
            guard isHTTP, !publicAddress.hasSuffix("/"), URL(string: publicAddress) != nil else {
                throw ValidationError(
                    "--public-address: found \(publicAddress), expected http:// or https://, "
                        + "without a slash at the end")
            }
        }
    }

    func run() async throws {
        let address = try await reportingErrors {
            let connection = try await options.open()
            await connection.close()
            return try await options.address().connectionString
        }
        var logger = Logger(label: "sgs.serve") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let host = host
        let isJSON = answer.json
        let isQuiet = answer.quiet
        var write: (@Sendable (String) -> Void)?
        if let accessLog {
            let file = try AccessLogFile(accessLog)
            write = { file.write($0) }
        }
        let service = OwnershipService(
            .init(
                host: host, port: port, database: address, publicAddress: publicAddress,
                limits: Self.limits(),
                accessLog: write),
            logger: logger,
            clock: .system,
            onListening: { port in
                if isJSON { Self.tell("http://\(host):\(port)") }
                if !isQuiet { SGS.remark("listening on http://\(host):\(port)") }
                ServiceNotice.ready.send()
            })
        let group = ServiceGroup(
            configuration: .init(
                // What is last stops first.
                services: [.init(service: service), .init(service: ServiceSigns())],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do { try await group.run() } catch let error as IOError {
            throw CommandError(.serviceMissing, "cannot listen on \(host):\(port): \(error)")
        }
    }

    /// Prints at once where the service listens, for the program that started it.
    private static func tell(_ address: String) {
        let document: JSONValue = ["address": .text(address)]
        FileHandle.standardOutput.write(Data((document.encoded + "\n").utf8))
    }

    /// The usual limits, with fewer connections where the system allows fewer open files.
    private static func limits() -> ServiceLimits {
        var files = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        files.rlim_cur = files.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        let usual = ServiceLimits().connections
        // The database's sessions, the log and what the libraries open.
        let others = 100
        return ServiceLimits(
            connections: max(1, min(usual, Int(clamping: files.rlim_cur) - others)))
    }
}
