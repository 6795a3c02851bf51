import Synchronization

/// Counts what the service does, for Prometheus (text format 0.0.4).
final class ServiceMetrics: Sendable {
    private struct Series: Hashable, Comparable {
        let route: String
        let status: Int

        static func < (left: Series, right: Series) -> Bool {
            (left.route, left.status) < (right.route, right.status)
        }
    }

    private struct Content {
        var requests: [Series: Int] = [:]
        /// Requests by the first bound that their duration does not exceed; the last have none.
        var durations = [Int](repeating: 0, count: ServiceMetrics.bounds.count + 1)
        var seconds = 0.0
    }

    /// Upper bounds of the durations' histogram, in seconds.
    private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5]
    private let content = Mutex(Content())

    /// Counts an answered request.
    ///
    /// - Parameter route: the route's path with its parameters' names, never what a client sent.
    func count(route: String, status: Int, duration: Duration) {
        let seconds =
            Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        content.withLock { content in
            content.requests[Series(route: route, status: status), default: 0] += 1
            content.durations[place] += 1
            content.seconds += seconds
        }
    }

    /// The page that Prometheus reads.
    func text(_ board: StateBoard) -> String {
        let content = content.withLock { $0 }
        let state = board.state
        var lines = Self.head(
            "sgs_http_requests_total", "counter", "Requests answered, by route and status.")
        for (series, count) in content.requests.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "sgs_http_requests_total{route=\"\(series.route)\",status=\"\(series.status)\"} \(count)"
            )
        }
        lines += Self.histogram(content)
        lines += Self.gauge(
            "sgs_catalogue_up", "Whether the catalogue's database can be reached.",
            board.isReady ? 1 : 0)
        lines += Self.gauge(
            "sgs_distributions", "Distributions that are held in memory.",
            state.snapshot.plans.count)
        let items = state.snapshot.surveys.map { $0.tiles.count + $0.observations.count }
        lines += Self.gauge(
            "sgs_owned_items", "Observations and tiles that are held in memory.",
            items.reduce(0, +))
        lines += Self.gauge("sgs_followers", "Clients that follow the changes.", board.followers)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func histogram(_ content: Content) -> [String] {
        let name = "sgs_http_request_duration_seconds"
        var lines = head(name, "histogram", "Time from a request's head to its answer.")
        var sum = 0
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], content.durations) {
            sum += count
            lines.append("\(name)_bucket{le=\"\(bound)\"} \(sum)")
        }
        return lines + ["\(name)_sum \(content.seconds)", "\(name)_count \(sum)"]
    }

    private static func gauge(_ name: String, _ help: String, _ value: Int) -> [String] {
        head(name, "gauge", help) + ["\(name) \(value)"]
    }

    private static func head(_ name: String, _ type: String, _ help: String) -> [String] {
        ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
    }
}
