import Foundation
import Glibc
import Testing

@testable import Execution
@testable import Payloads

/// Many pilots at once.
@Suite(.timeLimit(.minutes(10))) struct PilotFleetTests {
    @Test(
        "pilots that all come at once are all taken, run payloads, and come again to a new runner")
    func many() throws {
        let count = isFull ? 300 : 12
        let site = try PilotSite()
        let processes = try (1...count).map { try site.start(task: $0) }
        let names = (1...count).map { "pilot.\($0)" }
        for name in names { _ = try site.notices.hello(of: name) }
        for (place, name) in names.enumerated() {
            site.server.send([.start(site.order("a\(place)", "exit \(place % 200)"))], to: name)
        }
        for (place, name) in names.enumerated() {
            #expect(
                try site.notices.result("a\(place)", of: name).exit == .code(place % 200))
        }
        try site.restart()
        for (place, name) in names.enumerated() {
            let hello = try site.notices.hello(of: name)
            #expect(hello.attempts == [.init(id: "a\(place)", token: 7, state: .ended)])
            site.server.send([.acknowledge(id: "a\(place)"), .end], to: name)
        }
        for process in processes { #expect(process.end() == 0) }
        for task in 1...count { #expect(site.end(of: task) == PilotEnd(.runner, payloads: 1)) }
    }
}
