import Foundation
import Testing

@testable import Execution

@Suite struct RunLinksTests {
    @Test("a run's folder is found by its number, and the link goes with the folder")
    func link() async throws {
        let site = try TestSite()
        try site.addPipeline("observation", steps: [("one", "echo here; echo > $out", 1)])
        try site.place(site.order("1"))
        #expect(try await site.serve("SDC-FR").completed == 1)
        let home = "\(site.state)/SDC-FR"
        let said = try String(contentsOfFile: "\(home)/id/1/one.1/stdout", encoding: .utf8)
        #expect(said == "here\n")
        let links = RunLinks(home: home)
        links.prune()
        #expect(StoredFiles.names(in: "\(home)/id") == ["1"])
        try StoredFiles.remove("\(home)/runs")
        links.prune()
        #expect(StoredFiles.names(in: "\(home)/id").isEmpty)
    }
}
