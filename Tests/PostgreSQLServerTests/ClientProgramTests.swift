import Foundation
import Testing

@testable import PostgreSQLServer

@Suite struct ClientProgramTests {
    /// What `body` throws of the module's own; `nil` where it throws nothing of it.
    private func serverError<Value>(
        _ body: () async throws -> Value
    ) async -> PostgreSQLServerError? {
        do {
            _ = try await body()
            return nil
        } catch { return error as? PostgreSQLServerError }
    }

    @Test("a program that is not installed is named, with what to install")
    func missing() async {
        let error = await serverError { try ClientProgram("no-such-program") }
        #expect(error?.code == .missing)
        #expect(
            error?.message
                == "no-such-program is not installed; run: apt-get install postgresql-client")
    }

    @Test("a program that fails is named, with what it said")
    func failed() async throws {
        let program = try ClientProgram("pg_dump")
        let error = await serverError {
            try await program.run(["--no-such-option"], on: "host=/nonexistent")
        }
        #expect(error?.code == .failed)
        #expect(error?.message.hasPrefix("pg_dump failed: ") == true)
        #expect(error?.message.contains("no-such-option") == true)
    }

    @Test("a program's code is matched in a catch")
    func matched() throws {
        do {
            _ = try ClientProgram("no-such-program")
            Issue.record("a program was found that does not exist")
        } catch PostgreSQLServerError.Code.missing {}
    }

    @Test("a program is that of the first folder that has it")
    func order() throws {
        let root = "/tmp/sgs-programs-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        for folder in ["a", "b", "c"] {
            try FileManager.default.createDirectory(
                atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        for folder in ["b", "c"] {
            #expect(
                FileManager.default.createFile(
                    atPath: "\(root)/\(folder)/psql", contents: nil,
                    attributes: [.posixPermissions: 0o755]))
        }
        let path = ["PATH": "\(root)/a:\(root)/c:\(root)/b"]
        let folders = ProgramFinder.onPath(path)
        #expect(folders == ["a", "c", "b"].map { "\(root)/\($0)" })
        #expect(try ClientProgram("psql", in: folders).path == "\(root)/c/psql")
        #expect(Array(ProgramFinder.folders(environment: path).suffix(3)) == folders)
    }
}
