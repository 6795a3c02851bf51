import Campaigns
import Catalogue
import Foundation
import GroundSegment
import Markup
import Reporting
import WebService

/// One campaign: what failed and what holds it up, its graph, its progress, and when it ends.
struct CampaignPage {
    let found: FoundCampaign
    let clock: MJD

    private var campaign: StoredCampaign { found.campaign }

    var page: Page {
        let name = campaign.campaign.id
        var page = Page(
            title: "Campaign \(name)",
            data: "/v1" + PageAddress.campaign(name, campaign.survey))
        page.isTable = false
        page.parts.append(Fragment("p", .text(finding)))
        page.parts.append(.facts(facts))
        page.parts += failures
        page.parts += [.heading("Graph"), CampaignGraphFigure(campaign: campaign).fragment]
        page.parts += [.heading("Tasks"), tasks]
        page.parts += [.heading("By SDC"), bySDC, .heading("Progress")]
        page.parts.append(CampaignCourse(found: found, clock: clock).fragment)
        page.parts += [.heading("What happened last"), events]
        page.parts += [.heading("Commands"), commands]
        page.parts.append(.links([.link("/campaigns", "All campaigns")]))
        return page
    }

    private var finding: String {
        let held = campaign.tasks.filter { $0.state.standing == .held }
        var parts: [String] = []
        if campaign.approvedAt == nil { parts.append("It is not approved: nothing begins.") }
        if !held.isEmpty {
            parts.append("Held: " + held.map { TaskReason($0).text }.joined(separator: "; ") + ".")
        }
        parts.append(Self.expectation(found))
        return parts.joined(separator: " ")
    }

    /// When it ends.
    static func expectation(_ found: FoundCampaign) -> String {
        guard found.campaign.left > 0 else { return "No job is left to run." }
        let jobs = NumberText.count(found.campaign.left, "job is", "jobs are")
        guard let forecast = found.forecast else {
            return "\(jobs) left; none has ended of late that tells when the last one will."
        }
        return
            "\(jobs) left. At \(NumberText.grouped(forecast.rate, 1)) jobs a day, the mean of the"
            + " last days, the last one ends on \(forecast.end.date); in nine of ten cases between"
            + " \(forecast.earliest.date) and \(forecast.latest.date), as long as days go on as"
            + " they were."
    }

    private var facts: [(name: String, value: Fragment)] {
        [
            ("Title", .text(campaign.campaign.title)), ("Survey", .text(campaign.survey.text)),
            ("Approved", .text(campaign.approvedAt?.iso8601 ?? "no")),
            ("Share", .text("\(campaign.campaign.share)")),
            ("Priority", .text("\(campaign.campaign.priority)")),
            ("Made", .text("\(campaign.createdAt.iso8601) by \(campaign.author)")),
        ].filter { !$0.value.html.isEmpty }
    }

    /// How many failed jobs are shown, so that the graph is near.
    private static let mostErrors = 10

    private var failures: [Fragment] {
        guard !found.errors.isEmpty else { return [] }
        return [
            .heading("Failed jobs"),
            .table(
                ["Order", "Task", "Item", "SDC", "State", "Attempts", "Message", "Given up"],
                found.errors.prefix(Self.mostErrors).map { job in
                    [
                        .link(PageAddress.order(job.order), job.order.text), .text(job.task.text),
                        .text("\(job.item)"),
                        .link(PageAddress.sdc(job.sdc, campaign.survey), job.sdc.text),
                        Cell(OrderRows.state(job.state)), .count(job.attempts),
                        .prose(job.message), .prose(job.verdict ?? ""),
                    ]
                }),
            found.errors.count > Self.mostErrors
                ? Fragment(
                    "p",
                    .text(
                        "These are the last \(Self.mostErrors). All of a task: sgs campaign jobs"
                            + " \(campaign.campaign.id)/TASK --state error"))
                : [],
        ]
    }

    private var tasks: Fragment {
        .table(
            ["Task", "State", "Failed", "Waiting", "Running", "Completed", "Since (UTC)", "Why"],
            campaign.tasks.map { task in
                let jobs = task.jobs
                return [
                    Cell(
                        Fragment(
                            "span", ["id": "task-\(task.id.text)"],
                            .text(
                                task.title.isEmpty || task.title == task.id.text
                                    ? task.id.text : "\(task.id): \(task.title)"))),
                    .text(task.state.rawValue),
                    .count((jobs[.error] ?? 0) + (jobs[.aborted] ?? 0)),
                    .count(jobs[.allocated] ?? 0), .count(jobs[.executing] ?? 0),
                    .count(jobs[.completed] ?? 0), .text(task.changedAt.iso8601),
                    .prose(TaskReason(task).text),
                ]
            })
    }

    private var bySDC: Fragment {
        CampaignPlacesTable(counts: found.counts, campaign: campaign).fragment
    }

    private var events: Fragment {
        guard !found.events.isEmpty else { return .remark("Nothing yet.") }
        return .table(
            ["When (UTC)", "Task", "What", "From", "To", "Who", "Why"],
            found.events.map { event in
                [
                    .text(event.instant.iso8601), .text(event.task?.text ?? ""),
                    .text(event.data.map { "\(event.name) (\($0))" } ?? event.name),
                    .text(event.from ?? ""), .text(event.to ?? ""), .text(event.actor),
                    .prose(event.comment),
                ]
            })
    }

    private var commands: Fragment {
        .group([
            Fragment(
                "p", "Nothing can be changed here. On a machine with access to the catalogue:"),
            .table(
                ["Task", "May be given now"],
                campaign.tasks.map { task in
                    [
                        Cell(Fragment("code", .text("sgs campaign why \(task.vector.key)"))),
                        .prose(TaskReason(task).commandList),
                    ]
                }),
        ])
    }
}
