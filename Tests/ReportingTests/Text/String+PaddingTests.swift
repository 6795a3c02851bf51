import Testing

@testable import Reporting

@Suite("String+Padding")
struct StringPaddingTests {
    @Test("a text fills its column from either side, and a longer one stays whole")
    func padding() {
        #expect("ab".padded(to: 4) == "ab  " && "ab".padded(from: 4) == "  ab")
        #expect("abcde".padded(to: 4) == "abcde" && "abcde".padded(from: 4) == "abcde")
        #expect("".padded(to: 2) == "  ")
    }
}
