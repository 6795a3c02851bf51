import Foundation
import Testing

@testable import Planning

@Suite("Files that may be a plan.json")
struct PlanDocumentFileTests {
    @Test("a device that never ends is refused after its first bytes")
    func endless() {
        #expect(throws: PlanDocumentError.notAPlan("it does not begin and end as a plan.json does"))
        {
            try PlanDocument.bytes(ofFile: "/dev/zero")
        }
    }

    @Test("a folder and a file that is not there are refused", arguments: ["/", "/no/such/file"])
    func none(path: String) {
        #expect(throws: PlanDocumentError.self) { try PlanDocument.bytes(ofFile: path) }
    }

    @Test("a file is read whole")
    func whole() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "plan-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let bytes = Data(("{\"digest\":\"" + String(repeating: "x", count: 3 << 20)).utf8)
        try bytes.write(to: file)
        #expect(try PlanDocument.bytes(ofFile: file.path) == bytes)
    }
}
