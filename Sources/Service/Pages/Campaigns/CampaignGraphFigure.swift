import Campaigns
import Catalogue
import GroundSegment
import Markup

/// The graph of a campaign: a box for each task with its state and jobs, an arrow for each data set
/// from the task that makes it to one that reads it.
struct CampaignGraphFigure {
    let campaign: StoredCampaign

    /// More tasks than these are told as a table only.
    private static let most = 200

    var fragment: Fragment {
        let tasks = campaign.tasks
        let isDrawn = tasks.count <= Self.most
        return CaptionedFigure(
            drawing: isDrawn
                ? GraphDrawing(
                    "Graph of the campaign", finding: finding, boxes: boxes, edges: edges
                ).fragment : [],
            caption: "A box is a task, its second line its state and how many of its jobs have"
                + " completed; an arrow is a data set that one makes and the next one reads. Green"
                + " has ended, red has lost or failed jobs, blue is at work, orange is held."
                + (isDrawn ? "" : " There are too many tasks for a drawing."),
            finding: finding,
            numbers: CaptionedTable(
                caption: "Data sets", header: ["Data", "From", "To"],
                rows: campaign.campaign.graph.edges.map {
                    CaptionedTable.Row([
                        .label($0.data.text), .text("\($0.from)"), .text("\($0.to)"),
                    ])
                })
        ).fragment
    }

    private var finding: String {
        let ended = campaign.tasks.count { $0.state.standing == .ended }
        return "\(ended) of \(campaign.tasks.count) tasks have ended."
    }

    private var boxes: [GraphDrawing.Box] {
        let levels = levels
        return campaign.tasks.map { task in
            let all = task.jobs.values.reduce(0, +)
            let counts = "\(task.state.rawValue), \(task.jobs[.completed] ?? 0) of \(all)"
            return GraphDrawing.Box(
                name: task.id.text, counts: counts, title: TaskReason(task).text,
                style: Self.style(task), level: levels[task.id] ?? 0,
                address: "#task-\(task.id.text)")
        }
    }

    /// The longest way to each task from those that read nothing of others.
    private var levels: [ID<CampaignTask>: Int] {
        var parents: [ID<CampaignTask>: [ID<CampaignTask>]] = [:]
        for (from, to) in pairs { parents[to, default: []].append(from) }
        var levels: [ID<CampaignTask>: Int] = [:]
        for task in campaign.campaign.graph.order {
            levels[task] = (parents[task] ?? []).compactMap { levels[$0] }.max().map { $0 + 1 } ?? 0
        }
        return levels
    }

    /// Tasks of which the second reads what the first makes.
    private var pairs: [(ID<CampaignTask>, ID<CampaignTask>)] {
        campaign.campaign.graph.edges.compactMap { edge in
            guard case .task(let from) = edge.from, case .task(let to) = edge.to else { return nil }
            return (from, to)
        }
    }

    private var edges: [(from: Int, to: Int)] {
        let places = Dictionary(
            campaign.tasks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first }
        )
        var known: Set<[Int]> = []
        return pairs.compactMap { from, to in
            guard let from = places[from], let to = places[to], known.insert([from, to]).inserted
            else { return nil }
            return (from, to)
        }
    }

    private static func style(_ task: StoredCampaign.Task) -> GraphDrawing.Box.Style {
        let lost = (task.jobs[.error] ?? 0) + (task.jobs[.aborted] ?? 0)
        switch task.state {
        case .failed, .broken, .aborted, .exhausted: return .bad
        case .done, .finished: return .done
        default: break
        }
        if task.state.standing == .held { return .held }
        if lost > 0 { return .bad }
        return task.state.standing == .waiting ? .open : .busy
    }
}
