public import Foundation
import FoundationNetworking

/// A client of a service on this machine.
public struct WebClient: Sendable {
    public let port: Int

    public init(port: Int) {
        self.port = port
    }

    /// What the service answers.
    public struct Reply: Sendable {
        public let status: Int
        /// By name in lower case.
        public let headers: [String: String]
        public let data: Data

        public var text: String { String(decoding: data, as: UTF8.self) }

        /// The members of the object that it is.
        public func object() throws -> [String: any Sendable] {
            try JSONSerialization.jsonObject(with: data) as? [String: any Sendable] ?? [:]
        }

        /// A member's text.
        public func member(_ name: String) throws -> String? { try object()[name] as? String }

        /// The values of a column, missing ones left out, of a table.
        public func column(_ name: String) throws -> [String] {
            let rows = try object()["rows"] as? [[String: any Sendable]] ?? []
            return rows.compactMap { $0[name].map { "\($0)" } }
        }
    }

    public func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", path, headers)
    }

    public func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Reply {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
            throw URLError(.badURL)
        }
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.session.data(for: request)
        guard let response = response as? HTTPURLResponse else {
            throw URLError(.badServerResponse)
        }
        var fields: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            fields["\(name)".lowercased()] = "\(value)"
        }
        return Reply(status: response.statusCode, headers: fields, data: data)
    }

    /// Asks again until the answer has a status.
    public func until(_ path: String, status: Int) async throws {
        while try await get(path).status != status { try Task.checkCancellation() }
    }

    private static let session = URLSession(configuration: .ephemeral)
}
