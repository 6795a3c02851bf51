import Foundation
import Glibc
import GroundSegment
import Testing

@testable import Ingestion

@Suite("CaseFolder")
struct CaseFolderTests {
    /// The files of a case, one of each kind, with the formats of a survey.
    private static let names = [
        ("plan.yaml", "csv"), ("sdcs/SDC-A.yaml", "csv"), ("sdcs/SDC-A.ics", "csv"),
        ("survey.csv", "csv"), ("survey.csv", "ecsv"), ("survey.csv", "rsd"),
        ("survey.csv", "sqlite"),
    ]

    private func fixture(_ name: String, _ format: String) throws -> CaseFixture {
        var plan = CaseFixture.plan("format: csv", "format: \(format)")
        if format == "rsd" {
            plan = plan.replacing(
                "  columns: {id: name, start: start, end: end, ra: ra, dec: dec, kind: kind}\n",
                with: "")
        }
        var files: [String: String?] = ["plan.yaml": plan]
        if name != "plan.yaml" { files[name] = .some(nil) }
        return try CaseFixture(files)
    }

    @Test("what is no regular file is a fault, whatever should be there", arguments: names)
    func irregular(name: String, format: String) throws {
        for (kind, found) in [
            ("zero", "a device"), ("urandom", "a device"), ("pipe", "a named pipe"),
            ("folder", "a folder"),
        ] {
            let fixture = try fixture(name, format)
            let path = "\(fixture.path)/\(name)"
            unlink(path)
            switch kind {
            case "pipe": #expect(mkfifo(path, 0o600) == 0)
            case "folder": #expect(mkdir(path, 0o700) == 0)
            default: #expect(symlink("/dev/\(kind)", path) == 0)
            }
            #expect(
                fixture.faults() == ["\(name): found \(found), expected a readable file"],
                "\(name) \(format)")
        }
    }

    @Test("a file of 100 GB is refused by its size", arguments: names)
    func sparse(name: String, format: String) throws {
        let fixture = try fixture(name, format)
        let path = "\(fixture.path)/\(name)"
        unlink(path)
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        #expect(truncate(path, 100 << 30) == 0)
        let most = name == "survey.csv" ? 1 << 33 : 1 << 24
        #expect(
            fixture.faults() == [
                "\(name): found a file of 107374182400 bytes, expected at most \(most) bytes"
            ])
    }

    @Test("a compressed survey that expands without measure is a fault", arguments: ["csv", "rsd"])
    func expanding(format: String) throws {
        let plan = try fixture("plan.yaml", format)
        let text = try String(contentsOfFile: plan.path + "/plan.yaml", encoding: .utf8)
        let fixture = try CaseFixture([
            "plan.yaml": text.replacing("survey.csv", with: "survey.gz"), "survey.csv": nil,
        ])
        let zip = Process()
        zip.executableURL = URL(fileURLWithPath: "/bin/sh")
        let start = format == "csv" ? "name,start,end,ra,dec,kind" : "<RSD>"
        zip.arguments = [
            "-c",
            "{ echo '\(start)'; head -c 70000000 /dev/zero | tr '\\0' ' '; }"
                + " | gzip -9 > '\(fixture.path)/survey.gz'",
        ]
        try zip.run()
        zip.waitUntilExit()
        let faults = fixture.faults()
        #expect(faults.count == 1)
        #expect(
            faults.first?.contains(" bytes that expand to more than ") == true
                || faults.first?.contains("a record") == true, "\(faults)")
    }

    @Test("a scenario that is no regular file is a fault")
    func scenario() throws {
        let planningCase = try CaseFixture().read()
        let failure = #expect(throws: IngestionError.self) {
            try ScenarioReader.read(files: ["/dev/zero"], settings: [], for: planningCase)
        }
        #expect(
            failure?.description == "/dev/zero: found a device, expected a readable file")
    }

    @Test("YAML that is nested or repeated without end is read in little time, or a fault")
    func nested() throws {
        let laughs = (1...30).map { level in
            "l\(level): &l\(level) ["
                + (0..<9).map { _ in "*l\(level - 1)" }.joined(separator: ", ")
                + "]\n"
        }.joined()
        for more in [
            String(repeating: "[", count: 100_000),
            "pins: " + String(repeating: "- ", count: 50_000),
            "pins: " + String(repeating: "{a: ", count: 50_000), "l0: &l0 [x]\n" + laughs,
        ] {
            #expect(try !CaseFixture(["plan.yaml": CaseFixture.plan + more]).faults().isEmpty)
        }
    }

    private static let encodings: [String.Encoding] = [
        .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .utf32, .utf32LittleEndian,
        .utf32BigEndian,
    ]

    @Test("a request is read in each of YAML's encodings, with a byte order mark and without")
    func encodings() throws {
        let plan = CaseFixture.plan("name: small", "name: caf\u{E9}")
        for encoding in Self.encodings {
            // These two begin with a mark by themselves.
            let marks = [.utf16, .utf32].contains(encoding) ? [""] : ["", "\u{FEFF}"]
            for mark in marks {
                let data = try #require((mark + plan).data(using: encoding))
                let fixture = try CaseFixture(data: ["plan.yaml": data])
                #expect(try fixture.read().name == "caf\u{E9}", "\(encoding) \(mark.utf8.count)")
            }
        }
    }

    @Test(
        "bytes of no encoding are a fault",
        arguments: [
            ([0x6E, 0xE9, 0x3A], "UTF-8"), ([0xFF, 0xFE, 0x6E, 0x00, 0x00], "UTF-16"),
            ([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x6E], "UTF-16"),
            ([0xFF, 0xFE, 0x00, 0x00, 0x00, 0x00, 0x11, 0x00], "UTF-32"),
            ([0xEF, 0xBB, 0xBF, 0xC0, 0x80], "UTF-8"),
        ] as [([UInt8], String)])
    func garbled(bytes: [UInt8], name: String) throws {
        #expect(
            try CaseFixture(data: ["plan.yaml": Data(bytes)]).faults()
                == ["plan.yaml: found bytes that are no \(name), expected \(name) text"])
    }
}
