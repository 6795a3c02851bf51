import Testing

@testable import Execution

@Suite struct JobNameTests {
    @Test("a payload is named by its run and its path, and perhaps an attempt")
    func names() throws {
        let name = try #require(JobName("RUN_1_x/correct.iterations.3.flat#2"))
        #expect(name.run == "RUN_1_x")
        #expect(name.payload == "correct.iterations.3.flat")
        #expect(name.attempt == 2)
        #expect(JobName("7/vis")?.attempt == nil)
        #expect("\(name)" == "RUN_1_x/correct.iterations.3.flat#2")
    }

    @Test(
        "other texts are no such names",
        arguments: ["", "7", "/vis", "7/", "7/vis#", "7/vis#0", "7/vis#x", "7/#1"])
    func faults(text: String) {
        #expect(JobName(text) == nil)
    }
}
