import Execution
import Foundation
import Markup
import WebService

/// The pilots, with the batch system's own states beside ours.
struct PilotsPage {
    let frame: PageFrame
    /// `nil` where payloads run otherwise.
    let pilots: [PilotFacts]?
    let now: Double
    let said: String?
    /// The last times that operators had pilots or the runner end.
    let drains: [OperatorEvent]

    var page: Page {
        frame.page(
            "Pilots", data: "/v1/pilots", command: "sdc-runner pilots list",
            isLive: frame.caller == nil, parts + lastDrains)
    }

    private var lastDrains: [Fragment] {
        drains.isEmpty ? [] : [.heading("Who had them end"), HistoryRows.fragment(drains)]
    }

    private var parts: [Fragment] {
        let remark: [Fragment] = said.map { [.remark($0)] } ?? []
        guard let pilots else {
            return remark + [
                Fragment(
                    "p",
                    "This runner has no pilots: its payloads run on this machine, or as jobs of their own."
                )
            ]
        }
        guard !pilots.isEmpty else {
            return remark + [Fragment("p", "There are no pilots now: nothing asks for one.")]
        }
        let head = [
            "Pilot", "Class", "State", "Batch system", "Its number", "Host", "Since", "Cores",
            "Memory, MiB", "Running, done", "Why",
        ]
        let drains = frame.caller != nil
        return remark + [
            .table(
                drains ? head + ["Drain"] : head,
                pilots.map { pilot in
                    let more =
                        pilot.isOver
                        ? ""
                        : (pilot.isDraining ? ", drains" : "")
                            + (pilot.state == "RUNNING" && !pilot.isConnected ? ", cut off" : "")
                    let cells: [Cell] = [
                        .text(pilot.pilot), .text(pilot.kind), .state(pilot.state, more: more),
                        .text(pilot.native), .text(pilot.id), .text(pilot.host),
                        .text(Time.text(now - pilot.since)),
                        .text("\(pilot.coresUsed) of \(pilot.cores)"),
                        .text("\(pilot.memoryUsed) of \(pilot.memory)"),
                        .link(
                            PageAddress.address("/jobs", ["pilot": pilot.pilot, "ended": "yes"]),
                            "\(pilot.running), \(pilot.payloads)"), .prose(pilot.reason),
                    ]
                    return drains ? cells + [Cell(drain(pilot))] : cells
                }),
            drains ? Self.form("/pilots", "Drain all of them", []) : [],
        ]
    }

    private func drain(_ pilot: PilotFacts) -> Fragment {
        pilot.isOver || pilot.isDraining
            ? [] : Self.form("/pilots", "Drain", [("pilot", pilot.pilot)])
    }

    private static func form(
        _ address: String, _ button: String, _ fields: [(String, String)]
    ) -> Fragment {
        Fragment(
            "form", ["method": "post", "action": address],
            fields.map {
                Fragment("input", ["type": "hidden", "name": $0.0, "value": $0.1])
            } + [Fragment("button", .text(button))])
    }
}

/// What the runner was started with.
struct ConfigurationPage {
    let frame: PageFrame
    let report: ConfigurationReport

    var page: Page {
        var parts: [Fragment] = [
            .facts(report.settings.map { ($0.name, .text($0.value)) }),
            .heading("What becomes of an attempt without success"),
            .table(
                ["Rule", "Source", "Pattern", "State", "Action"],
                report.rules.map { rule in
                    [
                        .text(rule.name), .text(rule.source?.rawValue ?? "any"),
                        .prose(rule.pattern ?? ""), .text(rule.isActive ? "active" : "passive"),
                        .text(rule.action.rawValue),
                    ]
                }),
        ]
        parts.append(
            .links([.link("/v1/openapi.json", "The interface as OpenAPI"), .link("/help", "Help")]))
        return frame.page(
            "Configuration", data: "/v1/configuration", command: "sdc-runner rules list", parts)
    }
}

/// Where a token is given.
struct LoginPage {
    let frame: PageFrame
    let said: String?

    var page: Page {
        var parts: [Fragment] = said.map { [.remark($0)] } ?? []
        if let caller = frame.caller {
            parts += [
                Fragment("p", .text("You are logged in as \(caller.name).")),
                Fragment(
                    "form", ["method": "post", "action": "/logout"],
                    Fragment("button", "Log out")),
            ]
        } else {
            parts += [
                Fragment(
                    "p",
                    "Everybody may look; who changes something needs a token. `sdc-runner token add NAME` prints one at this SDC, once."
                ),
                Fragment(
                    "form", ["method": "post", "action": "/login"],
                    [
                        Fragment(
                            "label",
                            [
                                "Token",
                                Fragment(
                                    "input",
                                    [
                                        "name": "token", "type": "password",
                                        "autocomplete": "current-password",
                                    ]),
                            ]), Fragment("button", "Log in"),
                    ]),
            ]
        }
        return frame.page("Log in", data: nil, command: nil, parts)
    }
}

/// What can be asked and done, with examples.
struct HelpPage {
    let frame: PageFrame

    var page: Page {
        func example(_ text: String) -> Fragment { Fragment("pre", Fragment("code", .text(text))) }
        return frame.page(
            "Help", data: nil, command: "sdc-runner --help",
            [
                .heading("What is here"),
                Fragment(
                    "p",
                    "A run is one pipeline for one order or submission; its jobs (payloads) are the programs that it starts. Pages follow what changes where the browser runs scripts; without, load them again. Each page names its address as JSON under /v1."
                ),
                .heading("Asking"),
                example("curl -s localhost:8090/v1/runs?state=ERROR"),
                example("curl -s localhost:8090/v1/jobs?state=FAILED"),
                example("curl -s localhost:8090/v1/runs/17/jobs/vis/log?stream=stderr"),
                example("curl -sN localhost:8090/v1/events"), .heading("Changing"),
                Fragment(
                    "p",
                    "A change needs a token, and is kept with its name. Where the state has moved since it was looked at (if_state), nothing is done and the answer (409) says what is legal."
                ),
                example(
                    "curl -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n"
                        + "    -d '{\"action\": \"hold\", \"reason\": \"wrong release\"}' localhost:8090/v1/runs/17/commands"
                ),
                example(
                    "curl -X PUT -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n"
                        + "    -d '{\"value\": 100}' localhost:8090/v1/runs/17/jobs/vis/priority"),
                example("curl -X POST -H \"Authorization: Bearer $TOKEN\" localhost:8090/v1/drain"),
                .links([.link("/v1/openapi.json", "All of the interface (OpenAPI 3.1)")]),
            ])
    }
}
