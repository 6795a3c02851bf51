import CPQ
import Glibc

/// A checked connection string or URL; empty means libpq's environment variables.
struct ConnectionString {
    let text: String
    /// The password within, to be kept out of messages.
    private let password: String?

    /// - Throws: `PostgreSQLError` of code `connectionFailed`, without the string's text.
    init(_ text: String) throws {
        self.text = text
        guard let parsed = PQconninfoParse(text, nil) else {
            throw PostgreSQLError(
                code: .connectionFailed,
                message: "the connection string is malformed, expected a URL such as "
                    + "postgresql:///NAME?host=DIRECTORY or keyword=value pairs")
        }
        defer { PQconninfoFree(parsed) }
        var values: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        guard values["host"]?.contains("@") != true else {
            throw PostgreSQLError(
                code: .connectionFailed,
                message: "the host name holds an @; within a URL's password it is written %40")
        }
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
