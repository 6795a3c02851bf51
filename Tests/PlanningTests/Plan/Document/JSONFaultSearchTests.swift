import Foundation
import Testing

@testable import Planning

@Suite("Search for a fault in JSON")
struct JSONFaultSearchTests {
    private func faults(_ text: String) -> [String] {
        JSONFaultSearch(Data(text.utf8)) {
            $0.count > 1 && $0.contains("bucket")
        }.faults.map {
            $0.diagnostic(file: "a").description
        }
    }

    @Test(
        "the place is told",
        arguments: [
            (
                #"{"a":[1,{"b":1e999}]}"#,
                "a: a[1].b: found 1e999, expected a number that can be held"
            ),
            (#"{"a":[{"bucket":0.5}]}"#, "a: a[0].bucket: found 0.5, expected a whole number"),
            (
                #"{"a":{"bucket":[99999999999999999999]}}"#,
                "a: a.bucket[0]: found 9999999999999999999"
            ),
            (#"{"a":1"#, "a: found no end of an object at byte 6, expected a comma or }"),
            (#"{"a":[1 2]}"#, "a: a: found no end of a list at byte 8, expected a comma or ]"),
            (#"{"a":nan}"#, "a: a: found no value at byte 5, expected a value"),
            (#"{"a"}"#, "a: a: found no colon at byte 4, expected one after a name"),
            (#"{a:1}"#, "a: found no text at byte 1, expected a name in quotes"),
            (#"{"a":"b"#, "a: a: found no end of a text at byte 7, expected a quote"),
            ("{} {}", "a: found more after its end at byte 3, expected nothing"),
            ("", "a: found no value at byte 0, expected a value"),
            (
                String(repeating: "[", count: 600),
                "a: found more than 512 lists within each other at byte 513, expected fewer"
            ),
        ])
    func place(text: String, fault: String) {
        let found = faults(text)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(fault) == true)
    }

    @Test(
        "what is right has no fault",
        arguments: [
            #"{"bucket":0.5,"a":{"bucket":5},"b":["x\"\\",true,false,null,-1.5e3]}"#, " 1 ",
        ])
    func right(text: String) {
        #expect(faults(text) == [])
    }
}
