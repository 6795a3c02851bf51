import Foundation
import Testing

@testable import Service

@Suite struct HelpExamplesTests {
    private static let program: String? = ["/usr/bin/curl", "/usr/local/bin/curl", "/bin/curl"]
        .first {
            FileManager.default.isExecutableFile(atPath: $0)
        }

    @Test("the help page's examples for curl run as they stand", .enabled(if: program != nil))
    func curl() async throws {
        try await RunningService.shared { service in
            let page = try await service.get("/help").text
            let texts = page.matches(of: /<code class="curl">([^<]*)<\/code>/).map { match in
                String(match.1).replacing("&#39;", with: "'").replacing("&amp;", with: "&")
                    .replacing("https://archive.example", with: "http://127.0.0.1:\(service.port)")
            }
            #expect(texts.count == 6)
            var answers: [String] = []
            for text in texts {
                let process = Process()
                let pipe = Pipe()
                process.executableURL = URL(fileURLWithPath: "/bin/bash")
                process.arguments = ["-e", "-o", "pipefail", "-c", text]
                process.standardOutput = pipe
                try process.run()
                let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0, "\(text)")
                answers.append(String(decoding: data, as: UTF8.self))
            }
            #expect(answers[0].contains("\"id\": \"\(ServiceSample.equator(0))\""))
            #expect(answers[1].hasPrefix("survey,kind,id,primary"))
            #expect(answers[2].matches(of: /<TR>/).count == 2)
            #expect(answers[3].contains("SDC-FR"))
            #expect(answers[4].contains(/^[0-9]+\/[0-9]/) && answers[4].contains("BEGIN:VCALENDAR"))
            #expect(answers[5].contains("survey,sdc,week,allocated"))
        }
    }
}
