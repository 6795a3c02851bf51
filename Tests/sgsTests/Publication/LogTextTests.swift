import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@testable import sgs

@Suite struct LogTextTests {
    @Test("below what can be taken back stands the command that does it, and the command works")
    func undo() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let folder = try WorkFolder()
            @discardableResult
            func sgs(_ arguments: String...) throws -> String {
                let outcome = try folder.run(
                    "\(Checkout.programs)/sgs", arguments, database: url)
                #expect(outcome.status == 0, "\(arguments) \(outcome.err)")
                return outcome.out
            }
            /// The arguments of the first command that the log offers.
            func offered() throws -> [String] {
                let line = try sgs("log", "--all", "--survey", "test").split(separator: "\n").first
                {
                    $0.hasPrefix("    undo      sgs ")
                }
                return (line ?? "").split(separator: " ").dropFirst(2).map(String.init)
            }
            try sgs("plan", "case", "--steps", "3000", "--output", "a", "-q")
            try sgs("draft", "a", "-q")
            #expect(try offered().first == "withdraw")
            try sgs("publish", "a", "--approve", "--comment", "first", "-q")
            #expect(
                try offered() == ["withdraw", "1", "--survey", "test", "--comment", "WHY"])
            _ = try folder.run("\(Checkout.programs)/sgs", offered(), database: url)
            #expect(try sgs("log").contains("withdraw  "))
            let owner = try folder.run(
                "\(Checkout.programs)/sgs", ["owner", "--observation", "7"], database: url)
            #expect(
                owner.err.hasPrefix(
                    "sgs: no plan in force has observation 7: revision 1, small, the last one that"
                        + " had it, was withdrawn at 20"))
            #expect(owner.err.hasSuffix(": WHY\n"))
            #expect(
                try offered()
                    == ["publish", "1", "--survey", "test", "--again", "--comment", "WHY"])
            _ = try folder.run("\(Checkout.programs)/sgs", offered(), database: url)
            #expect(try sgs("log").hasPrefix("revision 2   published "))
        }
    }
}
