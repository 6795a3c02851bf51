import Foundation
import Testing

/// The schemas themselves; `contrib/scripts/validate-answers.sh` holds them against another
/// validator.
@Suite struct JSONSchemaTests {
    @Test("a document with a member too few, too many or of another type is at fault")
    func faults() throws {
        let schema = try JSONSchema(named: "sgs-draft")
        let right = #"{"survey": "a", "name": "b", "digest": "deadbeef", "state": "checked"}"#
        #expect(schema.faults(of: right) == [])
        #expect(
            schema.faults(of: right.replacingOccurrences(of: "checked", with: "done")).count == 1)
        #expect(
            schema.faults(of: #"{"survey": 1, "name": "b", "digest": "xyz", "more": true}"#)
                == [
                    "$: unknown more", "$.digest: xyz does not match ^[0-9a-f]{8,64}$",
                    "$.survey: not string", "$: no state",
                ])
        #expect(schema.faults(of: "{").count == 1)
    }

    @Test("true is no number, and 1.5 no integer")
    func types() throws {
        let schema = try JSONSchema(named: "sgs-init")
        func faults(_ count: String) -> [String] {
            schema.faults(
                of: #"{"plan": "", "guesses": [], "case": {"observations": \#(count)}}"#
            ).filter { $0.contains("$.case.observations") }
        }
        #expect(faults("1") == [])
        #expect(faults("true").count == 1)
        #expect(faults("1.5").count == 1)
        #expect(faults("-1").count == 1)
    }

    @Test("every schema is of Draft 2020-12 and says what it describes")
    func all() throws {
        let folder = Checkout.path("contrib/schemas")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count >= 30)
        for file in files {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            #expect(text.contains("https://json-schema.org/draft/2020-12/schema"), "\(file)")
            #expect(text.contains("\"title\": "), "\(file)")
        }
    }
}
