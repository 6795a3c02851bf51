import Foundation
import GroundSegment
import Testing

/// What both programs say of themselves.
@Suite(.timeLimit(.minutes(10))) struct HelpTests {
    @Test("both programs are of one version, the newest number in CHANGELOG.md where it has one")
    func version() throws {
        let folder = try WorkFolder()
        for program in ["sgs", "sdc-runner"] {
            let outcome = try folder.run("\(Checkout.programs)/\(program)", ["--version"])
            #expect(outcome.out == SoftwareVersion.current + "\n")
            #expect(outcome.status == 0)
        }
        let headings = try String(contentsOfFile: Checkout.path("CHANGELOG.md"), encoding: .utf8)
            .split(separator: "\n").filter { $0.hasPrefix("## ") }.map { $0.dropFirst(3) }
        let newest = headings.first { $0.first?.isNumber == true }
        #expect(newest.map { $0.prefix { $0 != " " } == SoftwareVersion.current } ?? true)
    }

    @Test("a word that is no command ends with 64 and the nearest one")
    func typo() throws {
        let outcome = try WorkFolder().sgs("plna", "case")
        #expect(outcome.status == 64)
        #expect(outcome.err.hasPrefix("sgs: there is no command plna, did you mean plan?\n"))
    }

    @Test("every command shows in its help how it is used, in lines that no terminal breaks")
    func examples() throws {
        let folder = try WorkFolder()
        for program in ["sgs", "sdc-runner"] {
            let dump = try folder.run(
                "\(Checkout.programs)/\(program)", ["--experimental-dump-help"])
            let root = try JSONDecoder().decode(HelpDump.self, from: Data(dump.out.utf8)).command
            let leaves = root.leaves()
            #expect(leaves.count > 25)
            for (path, command) in leaves {
                let lines = (command.discussion ?? "").split(separator: "\n").filter {
                    $0.hasPrefix("  ")
                }
                // A command that two groups share is shown in one of them, a default by its group.
                let example = lines.contains { line in
                    line.hasPrefix("  \(program) ")
                        && path.suffix(2).contains { line.contains(" \($0)") }
                }
                #expect(example, "\(path.joined(separator: " ")): no example")
                for line in lines { #expect(line.count <= 78, "\(line)") }
            }
        }
    }

    @Test("what is wrong with a plan is said before what is missing beside it")
    func planFirst() throws {
        let folder = try WorkFolder()
        for command in ["publish", "withdraw"] {
            let outcome = try folder.sgs(command, "nosuch")
            #expect(outcome.status == 65)
            #expect(outcome.err.hasPrefix("sgs: nosuch: found no plan;"))
        }
    }

    @Test("completion and manual pages of every command are made of what the programs say")
    func install() throws {
        let folder = try WorkFolder()
        let outcome = try folder.run(
            Checkout.path("contrib/scripts/install-help.sh"), [folder.path + "/local"],
            environment: ["SGS_PROGRAMS": Checkout.programs])
        #expect(outcome.status == 0, "\(outcome.err)")
        let share = "local/share"
        #expect(try folder.read("\(share)/bash-completion/completions/sgs").contains("sensitivity"))
        #expect(try folder.read("\(share)/zsh/site-functions/_sdc-runner").contains("selftest"))
        let page = try folder.read("\(share)/man/man1/sgs-plan.1")
        #expect(page.hasPrefix(".TH \"SGS-PLAN\" 1 \"\" \"sgs \(SoftwareVersion.current)\" \"\"\n"))
        #expect(page.contains("\\fB\\-\\-max\\-moves\\fR"))
        #expect(page.contains(".SH SEE ALSO\n\\fBsgs\\fR(1)"))
        for name in ["sgs", "sgs-orders-list", "sgs-catalogue-start", "sdc-runner-job-show"] {
            #expect(try folder.read("\(share)/man/man1/\(name).1").contains("\n.SH NAME\n"))
        }
    }
}

/// What ArgumentParser tells of a program's commands.
private struct HelpDump: Decodable {
    let command: Command

    struct Command: Decodable {
        let commandName: String
        let discussion: String?
        let subcommands: [Command]?

        /// The commands that have no other below them, with the words that lead to them.
        func leaves(below path: [String] = []) -> [(path: [String], command: Command)] {
            let path = path + [commandName]
            let others = (subcommands ?? []).filter { $0.commandName != "help" }
            return others.isEmpty ? [(path, self)] : others.flatMap { $0.leaves(below: path) }
        }
    }
}
