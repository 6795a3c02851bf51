import Campaigns
import Catalogue
import GroundSegment
import Markup
import WebService

/// All campaigns, those first that wait for somebody.
struct CampaignsPage {
    let request: RouteRequest
    let campaigns: [CampaignSummary]

    var page: Page {
        var page = Page(
            title: "Campaigns",
            data: PageAddress.address(
                "/v1/campaigns", ["survey": request.text("survey"), "tasks": "no"]))
        page.isTable = false
        page.parts.append(Fragment("p", .text(finding)))
        let fields = FilterForm.Field.survey(request.state, request.text("survey"), none: "all")
        if !fields.isEmpty {
            page.parts.append(FilterForm(action: "/campaigns", fields: fields).fragment)
        }
        guard !campaigns.isEmpty else { return page }
        page.parts.append(
            .table(
                [
                    "Campaign", "Survey", "Approved (UTC)", "Share", "Tasks", "Held", "Jobs",
                    "Failed", "Completed", "Done",
                ], sorted.map(row)))
        page.parts.append(
            Fragment(
                "p",
                .text(
                    "A campaign is a graph of tasks, a task the jobs of one pipeline. Share: its"
                        + " part of the core-hours where several campaigns wait. Held: tasks for"
                        + " which an operator has to do something. The same on a terminal: sgs"
                        + " campaign list.")))
        return page
    }

    private var sorted: [CampaignSummary] {
        campaigns.filter { $0.needsSomebody } + campaigns.filter { !$0.needsSomebody }
    }

    private var finding: String {
        guard !campaigns.isEmpty else { return "There is no campaign." }
        let held = campaigns.count(where: \.needsSomebody)
        let all = "\(campaigns.count) \(campaigns.count == 1 ? "campaign" : "campaigns")"
        return held == 0
            ? "\(all), none of which has a failed job or a held task."
            : "Of \(all), \(held) \(held == 1 ? "has" : "have") failed jobs or held tasks."
    }

    private func row(_ found: CampaignSummary) -> [Cell] {
        let jobs = found.jobs
        let all = jobs.values.reduce(0, +)
        return [
            .link(
                PageAddress.campaign(found.id, found.survey), found.id.text),
            .text(found.survey.text), .text(found.approvedAt?.iso8601 ?? "no"),
            .text("\(found.share)"), .count(found.tasks.values.reduce(0, +)),
            .count(found.held), .count(all),
            .count(found.failed), .count(jobs[.completed] ?? 0),
            all > 0 ? .meter(Double(jobs[.completed] ?? 0) / Double(all)) : .text(""),
        ]
    }
}

extension PageAddress {
    static func campaign(_ name: ID<Campaign>, _ survey: ID<SurveyPlan>) -> String {
        address(
            "/campaigns/\(PercentCoding.encoded(name.text))", ["survey": survey.text])
    }
}
