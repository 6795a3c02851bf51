import Execution
import Markup
import WebService

/// All that is known of a payload, what it says, and what may be done to it.
struct JobDetailPage {
    let frame: PageFrame
    let job: JobPage
    let profile: JobProfile?
    let waits: [WaitReason]
    let scores: [PayloadScore]
    let legal: (state: String, commands: [String])
    /// The ends of what it said on standard output and standard error.
    let logs: [(name: String, text: String)]
    let said: String?

    private var address: String { PageOf.job(job.run, job.path) }
    private var data: String { "/v1/runs/\(job.run.inPath)/jobs/\(job.path.inPath)" }

    var page: Page {
        var page = frame.page(
            "Job \(job.path)", data: data,
            command: "sdc-runner job show \(job.run)/\(job.path)", parts)
        page.parts.append(Fragment("script", ["src": "/log.js", "defer": ""]))
        return page
    }

    private var parts: [Fragment] {
        var parts: [Fragment] = said.map { [.remark($0)] } ?? []
        parts.append(facts)
        if !waits.isEmpty {
            parts.append(.heading("Why it waits"))
            parts.append(.group(waits.map { Fragment("p", .text($0.reason)) }))
        }
        if !scores.isEmpty { parts += fitness }
        parts.append(.heading("What may be done now"))
        parts.append(
            ActionForms(
                address: address, legal: legal, caller: frame.caller, isOfPayload: true, priority: 0
            ).fragment)
        if !job.history.isEmpty { parts += attempts }
        if let profile {
            parts.append(.heading("What it used as time went on"))
            parts += ProfileFigures(profile).fragments
        }
        for log in logs {
            let source = "\(data)/log?stream=\(log.name)"
            parts.append(
                .heading(log.name == "stdout" ? "Standard output" : "Standard error"))
            parts.append(
                Fragment(
                    "pre",
                    [
                        "class": "log", "tabindex": "0", "aria-label": log.name,
                        "data-events": "\(data)/log/events?stream=\(log.name)",
                    ], .text(log.text)))
            parts.append(.links([.link(source, "The whole of it as text")]))
        }
        return parts
    }

    private var facts: Fragment {
        func amount(_ amount: JobPage.Amount, _ unit: String) -> String {
            "\(number(amount.used)) of \(number(amount.requested)) \(unit)"
        }
        let facts: [(name: String, value: Fragment)] = [
            ("Job", .text(job.jobId)), ("Run", .link(PageOf.run(job.run), job.run)),
            ("State", .state(job.processingStatus)), ("Program", .text(job.executable)),
            ("Created", .text(Time.second(job.created))),
            ("Started", .text(Time.second(job.started))),
            ("Ended", .text(Time.second(job.ended))), ("Pilot", .text(job.pilot)),
            (
                "Attempts",
                .text("\(job.attempts), \(job.failures) failed, \(job.losses) lost to the machine")
            ),
            ("Walltime used of requested", .text(amount(job.walltime, "s"))),
            ("Cores", .text("\(job.cores), used to \(number(job.cpuPercent)) %")),
            ("Resident memory, largest of requested", .text(amount(job.rss, "MiB"))),
            ("Address space, largest of requested", .text(amount(job.vms, "MiB"))),
            (
                "Read, written",
                .text("\(number(job.readMiB)) MiB, \(number(job.writtenMiB)) MiB")
            ),
            ("Exit code", .text(job.exitCode.map { "\($0)" } ?? "")),
            ("Message", .text(job.message)), ("Work folder", .text(job.workdir)),
            ("Log folder", .text(job.logdir)),
            ("Command", Fragment("code", .text(job.command))),
        ]
        return .facts(
            facts.filter { !$0.value.html.isEmpty }
                + job.tags.sorted { $0.key < $1.key }.map { ("Tag \($0.key)", .text($0.value)) })
    }

    private func number(_ value: Double?) -> String {
        value.map { "\(($0 * 10).rounded() / 10)" } ?? "-"
    }

    private var attempts: [Fragment] {
        [
            .heading("Attempts"),
            .table(
                ["Attempt", "Outcome", "Exit", "Started", "Duration", "Given, MiB", "Message"],
                job.history.map { attempt in
                    [
                        .number(attempt.number), .text(attempt.outcome),
                        .number(attempt.exitCode), .text(Time.second(attempt.started)),
                        .text(Time.text(attempt.duration)), .number(attempt.memory),
                        .prose(attempt.message),
                    ]
                }),
        ]
    }

    /// By what it was chosen, or not yet.
    private var fitness: [Fragment] {
        [
            .heading("How it suits hosts"),
            .table(
                ["Host", "Score", "Terms", "Now"],
                scores.map { score in
                    let terms = score.terms.filter { $0.product != 0 }.map {
                        "\($0.term.rawValue) \(number($0.weight)) x \(number($0.value))"
                    }
                    return [
                        .text(score.pilot.isEmpty ? "this machine" : score.pilot),
                        .number(number(score.total)), .prose(terms.joined(separator: ", ")),
                        .prose(score.reason ?? "is next"),
                    ]
                }),
        ]
    }
}
