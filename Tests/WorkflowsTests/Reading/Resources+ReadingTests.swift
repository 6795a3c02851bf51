import Foundation
import Testing

@testable import Workflows

@Suite struct ResourcesReadingTests {
    private let declared = Resources(cores: 1, memory: 512, walltime: 60, gpus: 1)

    @Test func `what a file leaves out stays as declared`() throws {
        let read = try declared.overridden(
            by: Data(#"{"cores": 2, "ram_MiB": 4096, "tmp_MiB": 7}"#.utf8), file: "r.json")
        #expect(read == Resources(cores: 2, memory: 4096, walltime: 60, temporary: 7, gpus: 1))
    }

    @Test(
        arguments: [
            ("", "r:1:1: found an empty text, expected a document"),
            ("[2]", "r:1:1: found a list of 1, expected an object"),
            (
                #"{"cores": 0}"#,
                "r:1:11: cores: found 0, expected a whole number from 1 to 1000000"
            ),
            (
                #"{"ram": 1}"#,
                "r:1:2: ram: found an unknown field, expected one of: cores, ram_MiB, vms_MiB, "
                    + "walltime_s, tmp_MiB, gpus"
            ),
        ])
    func `a faulty file is told with its place`(text: String, fault: String) {
        let error = #expect(throws: WorkflowError.self) {
            try declared.overridden(by: Data(text.utf8), file: "r")
        }
        #expect(error?.diagnostics.map(\.description) == [fault])
        #expect(error?.code == .badResources)
    }
}
