import Catalogue
import GroundSegment
import Markup
import WebService

/// The jobs of a campaign by SDC and state, and where there are not too many, those of each task.
struct CampaignPlacesTable {
    let counts: [TaskCount]
    let campaign: StoredCampaign

    /// Of more tasks than these only the sums are told.
    private static let most = 50

    private static let states = [
        "error", "aborted", "lost", "pending", "allocated", "executing", "completed",
    ]

    var fragment: Fragment {
        guard !counts.isEmpty else { return .remark("It has no jobs yet.") }
        guard campaign.tasks.count > 1 else { return .group([byTask]) }
        guard campaign.tasks.count <= Self.most else {
            return .group([
                sums,
                Fragment(
                    "p",
                    .text(
                        "One task: sgs campaign why \(campaign.campaign.id)/TASK tells where its"
                            + " jobs run and why.")),
            ])
        }
        return .group([sums, byTask])
    }

    private var header: [String] { Self.states.map(\.localizedCapitalized) + ["Done"] }

    /// Of all tasks.
    private var sums: Fragment {
        let places = Dictionary(grouping: counts) { $0.sdc?.text ?? "" }
        return .table(
            ["SDC"] + header,
            places.sorted { $0.key < $1.key }.map { [place($0.key)] + cells($0.value) })
    }

    private var byTask: Fragment {
        let places = Dictionary(grouping: counts) { [$0.task.text, $0.sdc?.text ?? ""] }
        let order = Dictionary(
            campaign.tasks.enumerated().map { ($1.id.text, $0) },
            uniquingKeysWith: { one, _ in one })
        let rows = places.sorted { one, other in
            let (left, right) = (order[one.key[0]] ?? 0, order[other.key[0]] ?? 0)
            return left == right ? one.key[1] < other.key[1] : left < right
        }
        return .table(
            ["Task", "SDC"] + header,
            rows.map { [.text($0.key[0]), place($0.key[1])] + cells($0.value) })
    }

    private func place(_ sdc: String) -> Cell {
        sdc.isEmpty
            ? .text("no order yet") : .link(PageAddress.sdc(ID(sdc), campaign.survey), sdc)
    }

    private func cells(_ counts: [TaskCount]) -> [Cell] {
        let jobs = Dictionary(counts.map { ($0.state, $0.jobs) }, uniquingKeysWith: +)
        let all = jobs.values.reduce(0, +)
        return Self.states.map { .count(jobs[$0] ?? 0) } + [
            all > 0 ? .meter(Double(jobs["completed"] ?? 0) / Double(all)) : .text("")
        ]
    }
}
