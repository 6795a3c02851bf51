import Documents
import Foundation
import Testing

@testable import Execution
@testable import Workflows

@Suite struct VerdictRulesReadingTests {
    private func read(_ text: String) throws -> VerdictRules {
        try VerdictRules(reading: text, file: "rules.yaml")
    }

    private func faults(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let error as ExecutionError {
            #expect(error.code == .badSite)
            return error.diagnostics.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `a site's rules are read, and decide before those that hold everywhere`() throws {
        let rules = try read(
            """
            rules:
              - name: no stars
                source: exit
                code: 42
                pattern: no stars in \\d+
                executable: flat
                action: fail
              - {name: forties, code: 40-49, category: archive, action: retry, limit: 2}
              - {name: full, active: false, action: abort_run, status: 3}
            """)
        #expect(
            rules.rules.prefix(2) == [
                VerdictRule(
                    name: "no stars", source: .exit, codes: 42...42, pattern: "no stars in \\d+",
                    executable: "flat", action: .fail),
                VerdictRule(
                    name: "forties", codes: 40...49, category: "archive", action: .retry, limit: 2),
            ])
        #expect(rules.rules.count == VerdictRules.standard.rules.count + 3)
        let node = LifeGraphs.step("flat")
        let facts = Facts(exit: .code(42), granted: 1, lastLine: "no stars in 7")
        #expect(rules.judge(facts, of: node, life: PayloadLife()).rule == "no stars")
        let other = Facts(exit: .code(42), granted: 1, lastLine: "no stars in it")
        let judgement = rules.judge(other, of: node, life: PayloadLife())
        #expect(judgement.rule == "other")
        #expect(judgement.passive == ["full"])
    }

    @Test func `JSON is read as well, and no rules are those that hold everywhere`() throws {
        #expect(
            try read(#"{"rules": [{"name": "a", "action": "hold"}]}"#).rules.contains {
                $0 == VerdictRule(name: "a", action: .hold)
            })
        #expect(try read("rules: []") == VerdictRules.standard)
    }

    @Test func `every fault is told with its line, field, what was found and what expected`() {
        let found = faults(
            """
            rules:
              - name: a
                source: exits
                code: 49-40
                pattern: "("
                active: 7
                action: give_up
                limit: 0
                colour: red
              - name: a
                action: abort_run
              - action: fail
                limit: 3
              - name: a
                action: retry
                status: 300
              - 7
            """)
        #expect(
            found.map { $0.components(separatedBy: ": ").prefix(2).joined(separator: ": ") }
                .allSatisfy { $0.hasPrefix("rules.yaml:") })
        let expected = [
            "rules.yaml:9:5: rules[0].colour: found an unknown key, expected ",
            "rules.yaml:7:5: rules[0].action: found \"give_up\", expected one of: retry, grow_memory",
            "rules.yaml:4:5: rules[0].code: found \"49-40\", expected a code from 0 to 255, or",
            "rules.yaml:3:5: rules[0].source: found \"exits\", expected one of: exit, signal",
            "rules.yaml:5:5: rules[0].pattern: found \"(\", expected a regular expression",
            "rules.yaml:6:5: rules[0].active: found \"7\", expected true or false",
            "rules.yaml:8:5: rules[0].limit: found \"0\", expected a whole number from 1 to 1000000",
            "rules.yaml:10:5: rules[1].status: found nothing, expected 0 to 255",
            "rules.yaml:10:5: rules[1].name: found \"a\", of another rule, expected a name used",
            "rules.yaml:12:5: rules[2].name: found nothing, expected a text",
            "rules.yaml:13:5: rules[2].limit: found a limit of fail, expected none, or the action",
            "rules.yaml:16:5: rules[3].status: found \"300\", expected a whole number from 0 to 255",
            "rules.yaml:17:5: rules[4]: found \"7\", expected a mapping",
        ]
        for line in expected {
            #expect(found.contains { $0.hasPrefix(line) }, "\(line) in \(found)")
        }
        #expect(found.count == expected.count + 1)
    }

    @Test(arguments: ["", "7", "- a", "rules: 3", "rule: []", "{rules: [", "rules: [{name: 1"])
    func `what is no list of rules is refused`(text: String) {
        do {
            _ = try read(text)
            Issue.record("it was read")
        } catch {
            #expect((error as? ExecutionError)?.code == .badSite)
        }
    }

    @Test func `what would be decided is told with the passive rules before it`() throws {
        let rules = try read(
            """
            rules:
              - {name: watch, code: 42, executable: flat, active: false, action: hold}
              - {name: known, code: 42, action: fail}
            """)
        let answer = RulesAnswer(
            rules, source: .exit, code: 42, message: "exit code 42", executable: "flat",
            category: "")
        #expect(answer.text == "known: fail\npassive: watch")
        let none = RulesAnswer(
            VerdictRules(inForce: []), source: .exit, code: 1, message: "", executable: "",
            category: "")
        #expect(none.text == "no rule: fail")
    }
}
