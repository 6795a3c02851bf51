import CPQ
import Glibc

/// A checked connection string or URL; empty means libpq's environment variables.
public struct ConnectionString: Sendable {
    let text: String
    /// What the string says as libpq's environment variables (PostgreSQL manual, 34.15), for
    /// programs that are to connect as well: an environment is not seen by other users, a command
    /// line is.
    public let environment: [String: String]
    /// Whether the string itself holds a password.
    public let holdsPassword: Bool
    /// What the string itself says about the server's settings; `nil` for nothing.
    let serverOptions: String?
    /// The password within, to be kept out of messages.
    private let password: String?

    /// - Throws: `PostgreSQLError` of code `connectionFailed`, without the string's text.
    public init(_ text: String) throws {
        self.text = text
        guard let parsed = PQconninfoParse(text, nil) else {
            throw PostgreSQLError(
                code: .connectionFailed,
                message: "the connection string is malformed, expected a URL such as "
                    + "postgresql:///NAME?host=DIRECTORY or keyword=value pairs")
        }
        defer { PQconninfoFree(parsed) }
        var values: [String: String] = [:]
        var environment: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                values[String(cString: keyword)] = String(cString: value)
                if let variable = option.pointee.envvar {
                    environment[String(cString: variable)] = String(cString: value)
                }
            }
            option += 1
        }
        guard values["host"]?.contains("@") != true else {
            throw PostgreSQLError(
                code: .connectionFailed,
                message: "the host name holds an @; within a URL's password it is written %40")
        }
        self.environment = environment
        serverOptions = values["options"]
        holdsPassword = values["password"] != nil
        password = values["password"] ?? getenv("PGPASSWORD").map { String(cString: $0) }
    }

    /// `message` on one line and without the password.
    func redacted(_ message: String) -> String {
        var line = message.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        if let password, password.count > 2 {
            line = line.split(separator: password, omittingEmptySubsequences: false)
                .joined(separator: "***")
        }
        return line
    }
}
