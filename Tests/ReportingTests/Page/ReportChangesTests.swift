import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("Report's changes")
struct ReportChangesTests {
    private let before: Plan
    private let plan: Plan

    init() throws {
        let sample = try SamplePlan.shared.get().plan
        before = sample
        let old = sample.distribution
        let observations = old.observations.enumerated().map { place, entry in
            let pair = entry.assignment
            return AssignedObservation(
                observation: entry.observation, arrival: entry.arrival, bucket: entry.bucket,
                assignment: place == 3
                    ? Assignment(primary: pair.secondary, secondary: pair.primary) : pair,
                copiesTo: entry.copiesTo, cause: place == 3 ? .free : nil)
        }
        plan = Plan(
            distribution: Distribution(
                name: old.name, survey: old.survey, buckets: old.buckets, sdcs: old.sdcs,
                processing: old.processing, observations: observations, tiles: old.tiles),
            balance: sample.balance, weights: sample.weights, measures: sample.measures,
            bound: sample.bound, search: sample.search, base: "abcdef0123456789")
    }

    @Test("an item that moved is told with its SDCs before and now, and its cause")
    func item() {
        let html = Report(
            plan: plan, inputs: [], digest: "", base: Report.Base(plan: before)
        ).html()
        let entry = plan.distribution.observations[3]
        let (primary, secondary) = (entry.assignment.primary, entry.assignment.secondary)
        func escaped(_ sdc: ID<SDC>) -> String {
            sdc.text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
        }
        #expect(html.contains("Each item: 1 change"))
        #expect(html.contains("By SDC and bucket: 2 cells"))
        #expect(
            html.contains(
                "<th scope=\"row\">observation \(entry.observation.id)</th><td>"
                    + plan.distribution.buckets.name(entry.bucket)
                    + "</td><td>\(escaped(secondary)) / \(escaped(primary))</td>"
                    + "<td>\(escaped(primary)) / \(escaped(secondary))</td><td>free</td>"))
    }

    @Test("without the base's plan what was before is said not to be at hand")
    func table() {
        let html = Report(plan: plan, inputs: [], digest: "").html()
        #expect(html.contains("<td>not at hand</td>"))
        #expect(!html.contains("By SDC and bucket"))
    }

    @Test("maintenance is a table with what each window takes")
    func maintenance() throws {
        let html = Report(plan: plan, inputs: [], digest: "").html()
        let section = try #require(html.components(separatedBy: "<h2>Maintenance</h2>").last)
        // 12 hours of 3,000 cores, and five days of 2,000 cores of which 30 % are available.
        #expect(section.contains("<td class=\"number\">36,000</td><td>Power &amp; cooling</td>"))
        #expect(section.contains("<td class=\"number\">168,000</td><td></td>"))
    }
}
