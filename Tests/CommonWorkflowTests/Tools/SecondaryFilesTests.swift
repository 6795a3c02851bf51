import Testing

@testable import CommonWorkflow

@Suite struct SecondaryFilesTests {
    @Test(
        "a pattern is added, and each caret takes an extension away",
        arguments: [
            (".bai", "a.bam", "a.bam.bai"), ("^.bai", "a.bam", "a.bai"), ("^^.x", "a.b.c", "a.x"),
            ("^^^.x", "a.b", "a.x"), ("^", "a.b", "a"),
        ])
    func names(pattern: String, file: String, other: String) {
        #expect(SecondaryFiles.name(pattern, of: file) == other)
    }
}
