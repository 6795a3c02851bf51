import Foundation
import Testing

@testable import sgs

@Suite struct PlanWordTests {
    @Test(
        "a word is read by its form",
        arguments: [
            ("published", PlanWord.published), ("3", .revision(3)), ("0012", .revision(12)),
            ("1234567", .revision(1_234_567)), ("12345678", .digest("12345678")),
            ("deadbeef", .digest("deadbeef")), ("deadbee", .other("deadbee")),
            ("DEADBEEF", .other("DEADBEEF")), ("-3", .other("-3")), ("", .other("")),
            ("٣", .other("٣")),
        ])
    func forms(_ text: String, _ word: PlanWord) {
        #expect(PlanWord(text) == word)
    }

    @Test("a digest has at most 64 digits")
    func longDigest() {
        let digest = String(repeating: "a", count: 64)
        #expect(PlanWord(digest) == .digest(digest))
        #expect(PlanWord(digest + "a") == .other(digest + "a"))
    }

    @Test("what is there on the disk goes before revisions and digests, but not before published")
    func paths() throws {
        let folder = try WorkFolder()
        for name in ["published", "12"] { try folder.write("", to: name) }
        #expect(PlanWord(folder.path + "/12") == .path(folder.path + "/12"))
        #expect(PlanWord(folder.path + "/published") == .path(folder.path + "/published"))
        #expect(PlanWord("published") == .published)
    }

    @Test("a base is published, none or a word for a plan")
    func bases() {
        #expect(BaseArgument(argument: "published") == .newest)
        #expect(BaseArgument(argument: "none") == .nothing)
        #expect(BaseArgument(argument: "3") == .plan("3"))
        #expect(BaseArgument(argument: "deadbeef") == .plan("deadbeef"))
        #expect(BaseArgument(argument: "nosuch") == nil)
    }
}
