import Foundation
import TestPostgreSQL
import Testing

/// The built program on a small case: what each command prints as JSON against its schema, how it
/// ends, and what scripts rely on.
@Suite(.timeLimit(.minutes(10))) struct CommandLineTests {
    private static func expect(
        _ outcome: WorkFolder.Outcome, _ schema: String, status: Int32 = 0,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.status == status, "\(outcome.err)", sourceLocation: location)
        #expect(
            try JSONSchema(named: schema).faults(of: outcome.out) == [], sourceLocation: location)
    }

    @Test("what is planned without a catalogue is printed as its schemas say")
    func planning() throws {
        let folder = try WorkFolder()
        try Self.expect(folder.sgs("check", "case", "--json"), "sgs-check")
        try Self.expect(
            folder.sgs("plan", "case", "--steps", "3000", "--output", "a", "--json", "--quiet"),
            "sgs-plan")
        #expect(try JSONSchema(named: "run").faults(of: folder.read("a/run.json")) == [])
        try folder.write(WorkFolder.survey(24, shifted: 1.5), to: "case/later.csv")
        let revised = try folder.sgs(
            "plan", "case", "--steps", "3000", "--survey", "later.csv", "--base", "a", "--output",
            "b", "--json",
            "--frontier")
        try Self.expect(revised, "sgs-plan")
        #expect(revised.out.contains(#""frontier.html""#))
        #expect(try folder.read("b/frontier.html").contains("Moves against cost"))
        try Self.expect(folder.sgs("diff", "a", "b", "--json"), "sgs-diff")
        try Self.expect(
            folder.sgs("diff", "a", "b", "--json", "--exit-code"), "sgs-diff", status: 2)
        try Self.expect(folder.sgs("explain", "--observation", "7", "a", "--json"), "sgs-explain")
        try Self.expect(
            folder.sgs(
                "whatif", "case", "--steps", "3000", "--set", "SDC-A.cores=+10%", "--plan",
                "a/plan.json", "--json"),
            "sgs-whatif")
        try Self.expect(
            folder.sgs("sensitivity", "case", "--steps", "3000", "--sdc", "SDC-A", "--json"),
            "sgs-sensitivity")
        try Self.expect(folder.sgs("report", "a", "--output", "x.html", "--json"), "sgs-report")
        #expect(try folder.read("x.html") == folder.read("a/report.html"))
        try Self.expect(
            folder.sgs(
                "init", "new-case", "--survey", "case/survey.csv", "--start", "2027-01-04", "--end",
                "2027-01-18", "--sdcs", "case/sdcs", "--json"), "sgs-init")
    }

    @Test("--quiet prints nothing where all is well")
    func quiet() throws {
        let folder = try WorkFolder()
        for arguments in [
            ["check", "case"], ["plan", "case", "--steps", "3000", "--output", "a"],
            ["diff", "a", "a"],
            ["report", "a"], ["explain", "a", "--tile", "1"],
        ] {
            let outcome = try folder.run(
                "\(Checkout.programs)/sgs", arguments + (arguments[0] == "explain" ? [] : ["-q"]))
            guard arguments[0] != "explain" else {
                #expect(outcome.status == 66)
                continue
            }
            #expect(outcome.status == 0)
            #expect(outcome.out == "")
            #expect(outcome.err == "")
        }
    }

    @Test(
        "a plan that moves more than asked, or is outside a tolerance, is written and ends with 4")
    func limits() throws {
        let folder = try WorkFolder()
        #expect(try folder.sgs("plan", "case", "--steps", "3000", "--output", "a").status == 0)
        #expect(
            try folder.sgs(
                "plan", "case", "--steps", "3000", "--output", "b", "--base", "a", "--max-moves",
                "0"
            )
            .status
                == 0)
        try folder.write(WorkFolder.sdc("SDC-A", cores: 20), to: "case/sdcs/SDC-A.yaml")
        let moved = try folder.sgs(
            "plan", "case", "--steps", "3000", "--output", "c", "--base", "a", "--max-moves", "0")
        #expect(moved.status == 4)
        #expect(moved.err.contains("items of the base get other SDCs, at most 0 were asked for"))
        #expect(try folder.read("c/plan.json").contains("\"digest\""))
    }

    @Test("what cannot be written to is found before the search")
    func place() throws {
        let folder = try WorkFolder()
        try folder.write("", to: "file")
        let outcome = try folder.sgs("plan", "case", "--steps", "3000", "--output", "file/run")
        #expect(outcome.status == 73)
        #expect(outcome.err.hasPrefix("sgs: cannot write file/run: "))
        #expect(!outcome.err.contains("overlaps"))
    }

    @Test("a word that names no plan is told with what was looked for")
    func unknownPlan() throws {
        let folder = try WorkFolder()
        let other = try folder.sgs("explain", "--tile", "1", "nosuch")
        #expect(other.status == 65)
        #expect(
            other.err
                == "sgs: nosuch: found no plan; looked for a file or folder of that name with a"
                + " plan.json; the word is not published, no revision's number and no digest (8 to"
                + " 64 of 0-9 and a-f)\n")
    }

    @Test("a plan's life, by every word for it, is printed as the schemas say and can be undone")
    func life() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let folder = try WorkFolder()
            func sgs(_ arguments: String...) throws -> WorkFolder.Outcome {
                try folder.run("\(Checkout.programs)/sgs", arguments, database: url)
            }
            #expect(
                try sgs("plan", "case", "--steps", "3000", "--output", "a", "--quiet").status == 0)
            try Self.expect(sgs("draft", "a", "--json"), "sgs-draft")
            let digest = try String(folder.read("a/plan.json").dropFirst(11).prefix(64))
            let start = String(digest.prefix(8))
            try Self.expect(sgs("approve", start, "--comment", "ok", "--json"), "sgs-approve")
            let preview = try sgs("publish", start, "--comment", "first", "--dry-run", "--json")
            try Self.expect(preview, "sgs-publish")
            #expect(preview.out.contains(#""result": "would_be_published""#))
            let listed = try sgs("publish", "a", "--comment", "first", "--dry-run").out
            let lines = listed.split(separator: "\n")
            #expect(lines.first?.hasPrefix("dry run    nothing is published;") == true)
            #expect(lines.dropFirst().first?.hasPrefix("SDC-A 2027-01-04: ") == true)
            #expect(lines.dropLast(3).last?.hasPrefix("would be  small published") == true)
            #expect(lines.dropLast().last?.hasPrefix("orders     ") == true)
            #expect(lines.last == "dry run    nothing was published")
            #expect(!listed.contains("observation 7: "))
            #expect(try sgs("publish", "a", "--dry-run", "--items").out.contains("observation 7: "))
            let published = try sgs("publish", digest, "--comment", "first", "--json")
            try Self.expect(published, "sgs-publish")
            #expect(published.out.contains(#""result": "published""#))

            // The same assignments from other inputs make no revision.
            try folder.write(
                folder.read("case/plan.yaml").replacingOccurrences(
                    of: "name: small", with: "name: other"), to: "case/other.yaml")
            #expect(
                try sgs(
                    "plan", "case/other.yaml", "--steps", "3000", "--base", "published", "--output",
                    "same", "--quiet"
                ).status == 0)
            let same = try sgs(
                "publish", "same", "--comment", "again", "--approve", "--if-changed", "--json")
            try Self.expect(same, "sgs-publish")
            #expect(same.out.contains(#""result": "same_assignments""#))
            #expect(same.out.contains(#""revision": 1"#))

            // A published plan's folder is not overwritten by another plan.
            let beside = try sgs(
                "plan", "case", "--steps", "3000", "--output", "a", "--seed", "7", "--json",
                "--base", "none")
            try Self.expect(beside, "sgs-plan")
            #expect(beside.out.contains(#""folder": "a-2""#))
            #expect(try folder.read("a/plan.json").contains(digest))

            for word in ["published", "1", start, "a", "a/plan.json"] {
                try Self.expect(
                    sgs("explain", "--observation", "7", word, "--json"), "sgs-explain")
                try Self.expect(
                    sgs("report", word, "--output", "r", "--json"), "sgs-report")
                #expect(try sgs("diff", word, "published", "--exit-code", "-q").status == 0)
                #expect(
                    try sgs(
                        "whatif", "case", "--steps", "3000", "--set", "SDC-A.cores=+1%", "--plan",
                        word, "-q"
                    )
                    .status == 0)
            }
            #expect(try sgs("report", "1").out == "report     reports/test-r1/report.html\n")
            #expect(try sgs("report", "9").status == 66)
            #expect(try sgs("report", "9").err.contains("whose newest is 1"))
            #expect(try sgs("report", "ffffffff").status == 66)

            try Self.expect(sgs("owner", "--observation", "7", "--json"), "sgs-owner")
            try Self.expect(sgs("status", "--json"), "sgs-status")
            try Self.expect(sgs("orders", "list", "--json"), "sgs-orders-list")
            try Self.expect(
                sgs("orders", "selftest", "--show", "--json"), "sgs-orders-selftest")
            try Self.expect(sgs("orders", "selftest", "--json"), "sgs-orders-change")
            try Self.expect(sgs("catalogue", "status", "--json"), "sgs-catalogue-status")
            try Self.expect(sgs("catalogue", "migrate", "--json"), "sgs-catalogue-migrate")

            let look = try sgs("failover", "--sdc", "SDC-A", "--dry-run", "--json")
            try Self.expect(look, "sgs-failover")
            let failover = try sgs(
                "failover", "--sdc", "SDC-A", "--output", "failover", "--comment", "fire")
            #expect(failover.status == 0)
            #expect(failover.out.contains("\nprice      copies "))
            #expect(try folder.read("failover/report.html").contains("revision 1, published"))
            #expect(try sgs("report", "2").status == 0)
            #expect(try sgs("diff", "1", "2").out.contains(" 0 free, "))
            #expect(try sgs("diff", "1", "2").out.contains("\nfailover     2027-01-"))

            try Self.expect(
                sgs("withdraw", "published", "--comment", "it is back", "--json"), "sgs-withdraw")
            let log = try sgs("log", "--all", "--json")
            try Self.expect(log, "sgs-log")
            #expect(log.out.contains(#""failover_of": "SDC-A""#))
            let back = try sgs("publish", "2", "--comment", "lost again", "--again", "--json")
            try Self.expect(back, "sgs-publish")
            #expect(back.out.contains(#""revision": 3"#))
        }
    }

    @Test("orders are moved, watched and looked at as the help says, and answers fit their schemas")
    func orders() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let folder = try WorkFolder()
            func sgs(_ arguments: String...) throws -> WorkFolder.Outcome {
                try folder.run("\(Checkout.programs)/sgs", arguments, database: url)
            }
            #expect(
                try sgs("plan", "case", "--steps", "3000", "--output", "a", "--quiet").status == 0)
            #expect(
                try sgs("publish", "a", "--comment", "first", "--approve", "--quiet").status == 0)
            let digest = try String(folder.read("a/plan.json").dropFirst(11).prefix(8))
            let order = "test-\(digest)-OBS-7"

            try Self.expect(sgs("status", "--blocked", "--json"), "sgs-status")
            let watched = try sgs(
                "status", "--clock", "2030-01-01", "--watch", "--patience", "0", "--json")
            try Self.expect(watched, "sgs-status", status: 4)
            #expect(watched.out.contains(#""outcome": "waiting""#))
            #expect(watched.err.contains("due orders are blocked"))
            #expect(
                try sgs("status", "--clock", "2026-01-01", "--watch", "--quiet").status == 0)
            #expect(try sgs("status", "--watch", "--patience", "-1").status == 64)

            func move(_ more: String...) throws -> WorkFolder.Outcome {
                try folder.run(
                    "\(Checkout.programs)/sgs",
                    ["orders", "reassign", order, "--reason", "fire"] + more, database: url)
            }
            let look = try move("--to-secondary", "--dry-run")
            #expect(look.status == 0)
            #expect(look.out.contains("dry run    nothing was changed"))
            #expect(look.out.contains("but        no runner has served SDC-"))
            try Self.expect(move("--to-secondary", "--json"), "sgs-orders-reassign")
            let again = try move("--to-secondary", "--json")
            try Self.expect(again, "sgs-orders-reassign", status: 1)
            #expect(again.err.contains("is at its item's secondary, SDC-"))
            let shown = try sgs("orders", "show", order, "--json")
            try Self.expect(shown, "sgs-orders-show")
            #expect(shown.out.contains(#""what": "moved to SDC-"#))
            try Self.expect(move("--to-primary", "--json"), "sgs-orders-reassign")
            #expect(try move().status == 64)
            #expect(try move("--to-secondary", "--sdc", "SDC-A").status == 64)
            func moveAll(_ more: String...) throws -> WorkFolder.Outcome {
                try folder.run(
                    "\(Checkout.programs)/sgs",
                    ["orders", "reassign", "--to-secondary", "--reason", "fire"] + more,
                    database: url)
            }
            #expect(try moveAll("--sdc", "SDC-X").status == 66)
            let running = try moveAll("--sdc", "SDC-A", "--state", "executing")
            #expect(running.status == 64)
            #expect(running.err.contains("orders in other states cannot be moved"))
            try Self.expect(
                moveAll("--sdc", "SDC-A", "--state", "ALLOCATED,ERROR", "--json"),
                "sgs-orders-reassign")
            #expect(
                try sgs("orders", "list", "--sdc", "SDC-A").out.split(separator: "\n").allSatisfy {
                    !$0.contains(" SDC-A ")
                })
            try Self.expect(sgs("only-at", "SDC-A", "--json"), "sgs-only-at")
            #expect(
                try sgs("only-at", "SDC-A").out
                    == "only there nothing: others hold all that SDC-A has\n")
            #expect(try sgs("only-at", "SDC-X").status == 66)
        }
    }
}
