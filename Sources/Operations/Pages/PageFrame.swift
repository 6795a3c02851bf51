import Execution
import GroundSegment
import Markup
import WebService

/// What all pages of a runner have in common.
struct PageFrame {
    let runner: ServedRunner
    /// Who is logged in; `nil` where nobody is.
    let caller: Caller?

    init(_ request: RouteRequest<ServedRunner>) {
        runner = request.state
        caller = Caller.loggedIn(request)
    }

    /// A page.
    ///
    /// - Parameters:
    ///   - data: the address of the same as JSON.
    ///   - command: the command line that tells the same.
    ///   - isLive: whether it follows what changes.
    func page(
        _ title: String, data: String?, command: String?, isLive: Bool = false, _ parts: [Fragment]
    ) -> Page {
        var page = Page(title: title, data: data)
        page.home = "Runner of \(runner.sdc)"
        page.isTable = false
        page.navigation = navigation
        page.parts = isLive ? [Fragment("div", ["id": "live"], parts)] : parts
        if let command {
            page.parts.append(
                Fragment(
                    "p", [.text("The same on a command line: "), Fragment("code", .text(command))]))
        }
        if isLive { page.parts.append(Fragment("script", ["src": "/live.js", "defer": ""])) }
        return page
    }

    private var navigation: Fragment {
        let ways = [
            ("/runs", "Runs"), ("/jobs", "Jobs"), ("/pilots", "Pilots"), ("/waste", "Waste"),
            ("/history", "History"),
            ("/configuration", "Configuration"), ("/help", "Help"),
        ]
        let login =
            caller.map { Fragment.link("/login", "Logged in as \($0.name)") }
            ?? .link("/login", "Log in")
        return Fragment(
            "nav", ["aria-label": "Pages"],
            Fragment("ul", ways.map { Fragment("li", .link($0.0, $0.1)) } + [Fragment("li", login)])
        )
    }

    /// Asks for the page again whenever the runner tells of a change, and shows what is new of it,
    /// once a second at most and never while somebody fills a form in.
    static let script = """
        'use strict';
        const events = new EventSource('/v1/events');
        let first = true, asked = false, next = 0;
        // A page that takes long to make is asked for less often, so that those who look do not
        // slow down what they look at.
        async function refresh() {
          const begin = performance.now();
          asked = false;
          const live = document.getElementById('live');
          if (!live || live.contains(document.activeElement)) return;
          const answer = await fetch(location.href, {headers: {accept: 'text/html'}});
          if (!answer.ok) return;
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          const fresh = page.getElementById('live');
          if (fresh) live.replaceWith(fresh);
          const end = performance.now();
          next = end + Math.max(900, 60 * (end - begin));
        }
        events.addEventListener('change', () => {
          if (first) { first = false; return; }
          if (asked) return;
          asked = true;
          setTimeout(refresh, Math.max(0, next - performance.now()));
        });

        """

    /// Adds what a payload says to its page, as it says it.
    static let logScript = """
        'use strict';
        for (const log of document.querySelectorAll('pre[data-events]')) {
          const events = new EventSource(log.dataset.events);
          let first = true;
          events.addEventListener('text', event => {
            if (first) { log.textContent = ''; first = false; }
            const isAtEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
            log.append(JSON.parse(event.data));
            if (log.textContent.length > 400000) log.textContent = log.textContent.slice(-200000);
            if (isAtEnd) log.scrollTop = log.scrollHeight;
          });
          events.addEventListener('end', () => events.close());
        }

        """

    static let css = """
        .state-failed, .state-error, .state-aborted { color: var(--bad); font-weight: 600; }
        .state-held { color: var(--mark); font-weight: 600; }
        .state-completed { color: var(--good); }
        pre.log { max-height: 26rem; overflow: auto; white-space: pre-wrap;
          overflow-wrap: anywhere; }
        form.action { margin: .5rem 0; }
        .profile path { fill: none; stroke: var(--observations); stroke-width: 1.6; }
        .profile path.second { stroke: var(--mark); stroke-dasharray: 5 3; }
        .profile line.limit { stroke: var(--bad); stroke-dasharray: 6 4; }
        .profile line.axis { stroke: var(--strong); }

        """
}

extension Cell {
    /// A state as a word, whose colour only repeats it.
    static func state(_ name: String, more: String = "") -> Cell {
        Cell(.state(name, more: more))
    }
}

extension Fragment {
    static func state(_ name: String, more: String = "") -> Fragment {
        Fragment("span", ["class": "state-" + name.lowercased()], .text(name + more))
    }

    /// Counts by state, in an order.
    static func counts(_ counts: [String: Int], order: [String]) -> Fragment {
        let parts = order.compactMap { name in counts[name].map { (name, $0) } }
        guard !parts.isEmpty else { return "none" }
        return .group(
            parts.enumerated().flatMap { place, part -> [Fragment] in
                [.text(place == 0 ? "" : ", "), .text("\(part.1) "), .state(part.0)]
            })
    }
}

/// Addresses of a runner's pages.
enum PageOf {
    static func run(_ run: String) -> String { "/runs/\(run.inPath)" }
    static func job(_ run: String, _ path: String) -> String {
        "/runs/\(run.inPath)/jobs/\(path.inPath)"
    }

    static let runStates = RunState.allCases.map(\.rawValue)
    static let jobStates = PayloadState.allCases.map(\.rawValue)
}

/// Durations for people.
enum Time {
    /// `0:07:05`, `2 d 03:00:00`; empty where there is none.
    static func text(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return "" }
        let whole = Int(min(seconds, 1e12).rounded())
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (days, rest) = whole.quotientAndRemainder(dividingBy: 86_400)
        let (hours, minutes) = (rest / 3600, rest % 3600 / 60)
        return days > 0
            ? "\(days) d \(two(hours)):\(two(minutes)):\(two(rest % 60))"
            : "\(hours):\(two(minutes)):\(two(rest % 60))"
    }

    /// The second of an instant of ISO 8601.
    static func second(_ instant: String?) -> String {
        instant.map { "\($0.prefix(19))Z" } ?? ""
    }
}
