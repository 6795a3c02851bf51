import Campaigns
import Testing

@Suite struct RuleTableTests {
    @Test func `the standard rules have no fault`() {
        #expect(RuleTable.standard.check() == [])
    }

    @Test func `rules that change one vector into two states contradict each other`() {
        let table = RuleTable(rules: [
            Rule("go", "", [.task(.defined, .ready), .jobs(.active)], to: .task(.running)),
            Rule("stop", "", [.task(.ready), .outcome(.excessive)], to: .task(.failed)),
            Rule("same", "", [.task(.ready), .scouts(.none)], to: .task(.running)),
        ])
        #expect(
            table.check() == [
                .contradiction(
                    rule: "go", other: "stop",
                    vector: "task ready, jobs active, outcome excessive"),
                .contradiction(
                    rule: "stop", other: "same",
                    vector: "task ready, outcome excessive, scouts none"),
            ])
    }

    @Test func `rules of different conditions do not contradict each other`() {
        let table = RuleTable(rules: [
            Rule("go", "", [.task(.ready), .jobs(.active)], to: .task(.running)),
            Rule("wait", "", [.task(.ready), .jobs(.none, .waiting)], to: .task(.pending)),
        ])
        #expect(table.check() == [])
    }

    @Test func `a rule that undoes another is a cycle`() {
        let table = RuleTable(rules: [
            Rule("go", "", [.task(.ready), .admission(.admitted)], to: .task(.running)),
            Rule(
                "back", "", [.task(.running), .admission(.admitted, .limited)], to: .task(.ready)),
        ])
        #expect(
            table.check() == [
                .cycle(
                    rules: ["go", "back"], vector: "task ready, input defined, output defined")
            ])
    }

    @Test func `rules that undo each other in other situations only are no cycle`() {
        let table = RuleTable(rules: [
            Rule("go", "", [.task(.ready), .admission(.admitted)], to: .task(.running)),
            Rule("back", "", [.task(.running), .admission(.limited)], to: .task(.ready)),
        ])
        #expect(table.check() == [])
    }

    @Test func `a cycle through an output is found`() {
        let table = RuleTable(rules: [
            Rule("close", "", [.output(.running), .task(.running)], to: .output(.prepared)),
            Rule("open", "", [.output(.prepared), .task(.running)], to: .output(.running)),
        ])
        #expect(
            table.check() == [
                .cycle(
                    rules: ["close", "open"],
                    vector: "task running, input defined, output running")
            ])
    }

    @Test func `rules that are malformed are told before anything else`() {
        let table = RuleTable(rules: [
            Rule("a", "", [.task(.ready)], to: .task(.running)),
            Rule("a", "", [.task(.ready)], to: .task(.failed)),
            Rule("b", "", [.jobs(.over)], to: .task(.running)),
            Rule("c", "", [.task(.ready), .task(.done)], to: .task(.running)),
            Rule("d", "", [.task(.running)], to: .task(.running)),
            Rule("e", "", [.output(.done), .arrival(.never)], to: .output(.running)),
            Rule("f", "", [.output(.done)], to: .output(.prepared)),
            Rule("g", "", [.task(), .jobs(.over)], to: .task(.running)),
        ])
        #expect(
            table.check().map(\.description) == [
                "rule a is there twice",
                "rule b has no condition on the task that it changes",
                "rule c has two conditions on task",
                "rule d fits no vector that it changes",
                "rule e has a condition on arrival, which is not one output's",
                "rule f changes output done into prepared, which is not legal",
                "rule g has no value for task",
            ])
    }
}
