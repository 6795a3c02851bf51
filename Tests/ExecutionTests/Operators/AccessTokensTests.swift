import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite struct AccessTokensTests {
    private let folder: TestFolder
    private let tokens: AccessTokens
    private let now = MJD(61_409)

    init() throws {
        folder = try TestFolder()
        tokens = AccessTokens(state: folder.path, sdc: "SDC-FR")
    }

    @Test func `a token is its name's until it is revoked or ends, and is not in the file`() throws
    {
        let anna = try tokens.add("anna", days: nil, at: now)
        let shift = try tokens.add("shift", days: 2, at: now)
        #expect(anna.utf8.count == 43 && anna != shift)
        #expect(try tokens.name(of: anna, at: now + 1000) == "anna")
        #expect(try tokens.name(of: shift, at: now + 1.9) == "shift")
        #expect(try tokens.name(of: shift, at: now + 2.1) == nil)
        #expect(try tokens.name(of: "", at: now) == nil)
        let path = "\(folder.path)/SDC-FR/tokens.json"
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains(anna))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        try tokens.revoke("anna")
        #expect(try tokens.name(of: anna, at: now) == nil)
        #expect(try tokens.entries().map(\.name) == ["shift"])
    }

    @Test func `a name that is taken, none, or has no token is refused`() throws {
        _ = try tokens.add("anna", days: nil, at: now)
        #expect(throws: ExecutionError.self) { try tokens.add("anna", days: nil, at: now) }
        #expect(throws: ExecutionError.self) { try tokens.add("a b", days: nil, at: now) }
        #expect(throws: ExecutionError.self) { try tokens.add("", days: nil, at: now) }
        #expect(throws: ExecutionError.self) { try tokens.revoke("bert") }
        try Data("{".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/SDC-FR/tokens.json"))
        #expect(throws: ExecutionError.self) { try tokens.name(of: "x", at: now) }
    }
}
