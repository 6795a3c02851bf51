import Foundation
import GroundSegment
import Testing

@testable import Planning
@testable import Reporting

@Suite("Report")
struct ReportTests {
    private let plan: Plan
    private let html: String
    /// One page for all tests, which only look at it.
    private static let sample = Result { () throws -> (plan: Plan, html: String) in
        let plan = try SamplePlan.shared.get().plan
        let report = Report(
            plan: plan,
            inputs: [InputFile(name: "plan<1>.yaml", sha256: "ab12", bytes: 1234)],
            digest: "0123abcd")
        return (plan, report.html())
    }

    init() throws { (plan, html) = try Self.sample.get() }

    @Test("the same plan gives the same bytes")
    func reproducible() {
        let again = Report(
            plan: plan, inputs: [InputFile(name: "plan<1>.yaml", sha256: "ab12", bytes: 1234)],
            digest: "0123abcd")
        #expect(again.html() == html)
    }

    @Test("a plan read back from plan.json gives the same page")
    func readBack() throws {
        let decoded = try PlanDocument.decode(PlanDocument.encode(plan).bytes)
        let page = Report(
            plan: decoded.plan,
            inputs: [InputFile(name: "plan<1>.yaml", sha256: "ab12", bytes: 1234)],
            digest: "0123abcd")
        #expect(page.html() == html)
    }

    @Test("changes are told against a base, and only against one")
    func changes() {
        func page(_ base: String?) -> String {
            let revised = Plan(
                distribution: plan.distribution, balance: plan.balance, weights: plan.weights,
                measures: plan.measures, bound: plan.bound, search: plan.search, base: base)
            return Report(plan: revised, inputs: [], digest: "0123abcd").html()
        }
        #expect(page("abcdef0123456789").contains("None: this is the base, abcdef012345."))
        #expect(!page(nil).contains("this is the base"))
    }

    @Test(
        "nothing is loaded",
        arguments: [
            "http:", "https:", "//", "src=", "url(", "@import", "<link", "import(", "fetch(",
            "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "navigator", "eval(",
        ])
    func selfContained(text: String) throws {
        // The packed data are text of base64, in which // may occur.
        let data = try #require(html.firstMatch(of: /id="look-up-data">[A-Za-z0-9+\/=]*</))
        #expect(!html.replacing(data.output, with: "").contains(text))
    }

    @Test("what needs script is hidden until script shows it, and script comes last")
    func scripted() throws {
        for part in ["<form id=\"look-up\" hidden>", "<div id=\"weeks\" hidden>"] {
            #expect(html.contains(part))
        }
        let place = try #require(html.range(of: "<script"))
        let rest = html[place.lowerBound...]
        #expect(html.matches(of: /<script/).count == 2)
        #expect(!rest.contains("<section") && !rest.contains("<table") && !rest.contains("<svg"))
        #expect(!html[..<place.lowerBound].contains(#/\son[a-z]+="/#))
        #expect(html.contains("<code class=\"command\">sgs explain FOLDER --tile ID</code>"))
        // What is folded under a figure is on paper, too.
        #expect(html.contains("addEventListener(\"beforeprint\", () => folds.forEach("))
    }

    @Test("what the catalogue knows of the plan is said, and what it does not know, too")
    func standing() {
        #expect(html.contains("<dd>planned; approving and publishing come after this page</dd>"))
        #expect(html.contains("<dt>Software</dt>\n<dd>not recorded</dd>"))
        let page = Report(
            plan: plan, inputs: [], digest: "",
            standing: Report.Standing(
                state: .published, revision: 3, approval: "2026-11-02T09:00:00Z by <anna>",
                publication: "2026-11-02T09:10:00Z by bob", software: "sgs 1.4.0")
        ).html()
        #expect(
            page.contains("<dd>published, revision 3, 2026-11-02T09:10:00Z by bob</dd>"))
        #expect(page.contains("<dt>Approval</dt>\n<dd>2026-11-02T09:00:00Z by &lt;anna&gt;</dd>"))
        #expect(page.contains("<dt>Software</dt>\n<dd>sgs 1.4.0</dd>"))
    }

    @Test("the search's way is drawn where it is recorded, and ends at the plan")
    func solution() throws {
        let cost = plan.measures.cost.value
        let page = Report(
            plan: plan, inputs: [], digest: "",
            progress: [
                Report.SearchSample(steps: 100, cost: cost + 4),
                Report.SearchSample(steps: 5000, cost: cost + 1),
            ]
        ).html()
        let section = try #require(
            page.components(separatedBy: "<h2>How it was found</h2>").last?
                .components(separatedBy: "</section>").first)
        let costs = section.matches(
            of: #/<th scope="row">([0-9,]+)</th><td class="number">([0-9.,]+)</#
        ).map { [$0.output.1, $0.output.2] }
        #expect(
            costs == [
                ["100", "\(NumberText.grouped(cost + 4, 3))"],
                ["5,000", "\(NumberText.grouped(cost + 1, 3))"],
                ["\(NumberText.grouped(plan.search.steps))", "\(NumberText.grouped(cost, 3))"],
            ])
        #expect(section.contains("class=\"search\""))
        #expect(html.contains("The way there is not recorded with this plan."))
        #expect(!html.contains("class=\"search\""))
    }

    @Test("a reference names a part of the page itself")
    func references() {
        for reference in html.matches(of: /href="([^"]*)"/).map(\.output.1) {
            #expect(reference.hasPrefix("#"))
            #expect(html.contains("id=\"\(reference.dropFirst())\""))
        }
    }

    @Test("the headline figures are the plan's measures")
    func figures() {
        let measures = plan.measures
        #expect(figure("Hard rules broken") == "0")
        #expect(figure("Outside a tolerance") == "\(measures.outside.count)")
        #expect(figure("Cost") == "\(NumberText.grouped(measures.cost.value, 2)) TB")
        #expect(figure("Above the bound") == plan.gap.map { NumberText.percent($0, 2) })
        #expect(figure("Copies") == "\(measures.copyCount)")
        #expect(
            figure("Failover copies")
                == NumberText.grouped(Double(measures.failoverCopies) / 160, 2))
        #expect(figure("Borders") == NumberText.grouped(plan.borders.apart))
        #expect(figure("Utilisation") == NumberText.percent(measures.utilisation))
        #expect(figure("Longest gap") == "\(NumberText.grouped(measures.longestGap, 2)) days")
    }

    @Test("beside a base each figure is shown as it was and as it is, once where both are equal")
    func wasAndIs() throws {
        let before = try SamplePlan.shared.get().skewed
        let page = Report(
            plan: plan, inputs: [], digest: "",
            base: Report.Base(plan: before, publication: "revision <3>")
        ).html()
        func cost(_ plan: Plan) -> String {
            "\(NumberText.grouped(plan.measures.cost.value, 2)) TB"
        }
        #expect(figure("Cost", in: page) == "\(cost(before)) → \(cost(plan))")
        #expect(
            figure("Hard rules broken", in: page) == "\(before.measures.violations.count) → 0")
        let same = Report(plan: plan, inputs: [], digest: "", base: Report.Base(plan: plan)).html()
        #expect(figure("Cost", in: same) == cost(plan))
    }

    @Test("what is moved is told kind by kind, and the kinds add up to the cost")
    func transfers() throws {
        let section = try #require(
            html.components(separatedBy: "<h2>What is moved</h2>").last?
                .components(separatedBy: "</section>").first)
        let rows = section.matches(
            of:
                #/<th scope="row">([^<]+)</th><td class="number">[^<]*</td><td class="number">([0-9.,]+)</#
        ).map { (name: String($0.output.1), value: Double($0.output.2.replacing(",", with: ""))) }
        #expect(
            rows.map(\.name) == [
                "External data, DES", "Copies for MER", "Moves of data that have arrived", "Cost",
                "Replicas at the secondaries", "Copies for failover",
            ])
        let volumes = rows.compactMap(\.value)
        #expect(volumes.count == rows.count)
        #expect(abs(volumes[0] + volumes[1] + volumes[2] - volumes[3]) < 0.02)
        #expect(abs(volumes[3] - plan.measures.cost.value) < 0.01)
    }

    @Test("how the plan was made is said")
    func origin() {
        for fact in [
            "sample &lt;1&gt;",
            "effort normal, seed 1, \(NumberText.grouped(plan.search.steps)) steps, GLPK 5.0",
            "0123abcd",
        ] {
            #expect(html.contains(fact))
        }
        #expect(html.contains("2025-11-21T00:00:00Z to 2025-12-19T00:00:00Z"))
    }

    @Test("names with markup in them are shown, not followed")
    func escaping() {
        #expect(html.contains("SDC-&lt;A&gt; &amp; &quot;B&quot;"))
        #expect(html.contains("Lab &lt;North&gt;"))
        #expect(html.contains("Power &amp; cooling: 0\u{a0}% available"))
        #expect(html.contains("plan&lt;1&gt;.yaml"))
        #expect(!html.contains("<A>") && !html.contains("<North>") && !html.contains("<1>"))
    }

    @Test("what is outside is named, cell by cell, or it is said that nothing is")
    func outside() throws {
        #expect(html.contains("No hard rule is broken."))
        let skewed = try SamplePlan.shared.get().skewed
        let page = Report(plan: skewed, inputs: [], digest: "").html()
        let rows = page.matches(of: #/<th scope="row">[A-Z][^<]* \(T[1-4]\)<\/th><td>(?!✓|✗)/#)
            .count
        #expect(skewed.measures.outside.count > 0)
        #expect(rows == skewed.measures.outside.count)
        #expect(page.contains("must not be published"))
        #expect(!skewed.measures.violations.isEmpty)
        #expect(page.matches(of: #/<li>H[1-5] /#).count == skewed.measures.violations.count)
    }

    @Test("a cut search is said to be one, with what reproduces it")
    func cutShort() {
        let cut = Plan(
            distribution: plan.distribution, balance: plan.balance, weights: plan.weights,
            measures: plan.measures, bound: nil,
            search: SearchRecord(
                effort: "normal", seed: 1, stepsAsked: 20_000, steps: 1234, stop: .interrupted,
                solver: "GLPK 5.0"))
        let page = Report(plan: cut, inputs: [], digest: "").html()
        #expect(page.contains("cut short after 1,234 of 20,000 steps"))
        #expect(page.contains("--steps 1234 reproduces"))
        #expect(page.contains("no bound"))
        #expect(!html.contains("cut short"))
    }

    @Test("each SDC has a chart with a bar for each bucket and its maintenance")
    func charts() {
        #expect(html.matches(of: /<svg [^>]*class="load"/).count == 4)
        #expect(html.matches(of: /class="target"/).count == 4 * 4)
        #expect(html.matches(of: /class="outage"/).count == 2)
    }

    @Test("the copies in the matrix are the plan's")
    func copies() throws {
        let table = try #require(
            html.components(separatedBy: "<caption>Copies for MER").last?
                .components(separatedBy: "</table>").first)
        let cells = table.matches(of: /<td class="number heat-[1-6]">([0-9,]+)<\/td>/)
            .compactMap { Int($0.output.1.replacing(",", with: "")) }
        #expect(cells.reduce(0, +) == plan.measures.copyCount)
        #expect(cells.count == plan.measures.copies.count)
    }

    /// The value of a headline figure.
    private func figure(_ name: String, in page: String? = nil) -> String? {
        (page ?? html).split(separator: "<dt>\(name)</dt>\n<dd class=\"value\">").dropFirst().first?
            .split(separator: "</dd>").first.map(String.init)
    }
}
