import Foundation
import Glibc
import Testing

@testable import Payloads

@Suite struct AttemptFolderTests {
    private let folder: TestFolder
    private let attempt: AttemptFolder
    private let result = AttemptResult(id: "a", token: 1, start: 1, end: 2, exit: .code(3))

    init() throws {
        folder = try TestFolder()
        attempt = AttemptFolder(path: "\(folder.path)/x/a")
    }

    @Test("an attempt runs while its folder is claimed, and has vanished when it is not any more")
    func claims() throws {
        #expect(attempt.condition() == .vanished)
        var lock: Descriptor? = try attempt.claim()
        #expect(lock != nil)
        #expect(attempt.condition() == .running)
        let error = #expect(throws: PayloadError.self) { try attempt.claim() }
        #expect(error?.code == .busy)
        lock = nil
        #expect(attempt.condition() == .vanished)
    }

    @Test("a result is there whole, also while the folder is still locked")
    func writes() throws {
        let lock = try attempt.claim()
        try attempt.write(result)
        #expect(attempt.condition() == .ended(result))
        #expect(try folder.names(in: "x/a") == ["lock", "result.json"])
        withExtendedLifetime(lock) {}
    }

    @Test(
        "a result that cannot be read, as after a loss of power, is none",
        arguments: ["", "\0\0\0\0", "{", "{\"id\":\"a\"}", "[]"])
    func damaged(text: String) throws {
        try folder.write(text, to: "x/a/result.json")
        #expect(attempt.condition() == .vanished)
        #expect(throws: PayloadError.self) { try attempt.claim() }
    }

    @Test("what is revoked is never claimed")
    func revokes() throws {
        try attempt.revoke()
        try attempt.revoke()
        let error = #expect(throws: PayloadError.self) { try attempt.claim() }
        #expect(error?.description == "\(attempt.path) is revoked")
    }

    @Test("what an agent that lives holds is not taken over")
    func held() throws {
        let lock = try attempt.claim()
        let mark = AttemptMark(home: folder.path, id: "a", token: 1)
        #expect(try attempt.takeOver(mark, patience: 0) == .running)
        try attempt.write(result)
        #expect(try attempt.takeOver(mark, patience: 0) == .ended(result))
        withExtendedLifetime(lock) {}
    }

    @Test(
        "the last line with anything in it is told",
        arguments: [
            ("", ""), ("a\nb", "b"), ("a\r\n\n \n", "a"), ("\0\n", ""),
            ("x\ty\u{202E}z\n", "x y\u{FFFD}z"),
        ])
    func lastLine(text: String, line: String) throws {
        try folder.write(text, to: "x/a/stderr")
        #expect(attempt.lastErrorLine() == line)
    }

    @Test("a last line without an end is cut")
    func longLine() throws {
        try folder.write(String(repeating: "x", count: 100_000), to: "x/a/stderr")
        #expect(attempt.lastErrorLine() == String(repeating: "x", count: 500) + "\u{2026}")
    }
}
