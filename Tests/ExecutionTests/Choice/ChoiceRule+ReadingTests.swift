import Documents
import GroundSegment
import Testing

@testable import Execution

@Suite struct ChoiceRuleReadingTests {
    private func read(_ text: String) throws -> ChoiceRule {
        try ChoiceRule.read(text, file: "SDC-FR.yaml")
    }

    @Test func `where nothing is said it is by rank, with the usual weights and without shares`()
        throws
    {
        for text in ["name: x", "site: {}", "site: {choice: {}}"] {
            #expect(try read(text) == ChoiceRule())
        }
        #expect(ChoiceRule().order == .rank)
        #expect(ChoiceRule().weights == .standard)
        #expect(ChoiceRule().weights[.wait] == 4 && ChoiceRule().referenceWait == 259_200)
        #expect(ChoiceRule().shares.isEmpty && !ChoiceRule().reserves)
    }

    @Test func `rule, weights, reference and shares are read`() throws {
        let rule = try read(
            """
            site:
              choice:
                rule: fitness
                weights: {cpu: 3, retry: -1.5, wait: 0}
                reference_wait: 3600
                reserve: true
                shares: {DR1: 70, DR2: 30}
            """)
        #expect(rule.order == .fitness)
        #expect(rule.weights[.cpu] == 3 && rule.weights[.retry] == -1.5 && rule.weights[.wait] == 0)
        #expect(rule.weights[.ram] == FitnessWeights.standard[.ram])
        #expect(rule.referenceWait == 3600 && rule.reserves)
        #expect(rule.shares == ["DR1": 70, "DR2": 30])
    }

    @Test func `all faults are told at once, with their lines`() throws {
        do {
            _ = try read(
                """
                site:
                  choice:
                    rule: best
                    weight: {}
                    weights:
                      cpus: 1
                      ram: heavy
                    reference_wait: 0
                    shares: {DR1: -1}
                """)
            Issue.record("it was read")
        } catch let error as ExecutionError {
            #expect(error.code == .badSite)
            let lines = error.diagnostics.map(\.description).sorted()
            #expect(
                lines.map { $0.split(separator: ":").prefix(4).joined(separator: ":") } == [
                    "SDC-FR.yaml:3:5: site.choice.rule", "SDC-FR.yaml:4:5: site.choice.weight",
                    "SDC-FR.yaml:6:7: site.choice.weights.cpus",
                    "SDC-FR.yaml:7:7: site.choice.weights.ram",
                    "SDC-FR.yaml:8:5: site.choice.reference_wait",
                    "SDC-FR.yaml:9:14: site.choice.shares.DR1",
                ])
        }
    }
}
