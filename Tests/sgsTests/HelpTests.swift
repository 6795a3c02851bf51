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
