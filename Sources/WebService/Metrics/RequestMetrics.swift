import Synchronization

/// Counts the requests of a service and how long they take.
public final class RequestMetrics: Sendable {
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
        var durations = [Int](repeating: 0, count: RequestMetrics.bounds.count + 1)
        var seconds = 0.0
    }

    /// Upper bounds of the durations' histogram, in seconds.
    private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5]
    private let content = Mutex(Content())
    private let prefix: String

    /// - Parameter prefix: what the metrics' names begin with, before an underscore.
    public init(prefix: String) {
        self.prefix = prefix
    }

    /// Counts an answered request.
    ///
    /// - `route`: the route's path with its parameters' names, never what a client sent.
    public func count(route: String, status: Int, duration: Duration) {
        let seconds =
            Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
        let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        content.withLock { content in
            content.requests[Series(route: route, status: status), default: 0] += 1
            content.durations[place] += 1
            content.seconds += seconds
        }
    }

    /// Adds them to a page.
    public func write(to page: inout MetricsText) {
        let content = content.withLock { $0 }
        page.add(
            "\(prefix)_http_requests_total", .counter, "Requests answered, by route and status.",
            samples: content.requests.sorted { $0.key < $1.key }.map { series, count in
                ("{route=\"\(series.route)\",status=\"\(series.status)\"}", "\(count)")
            })
        var sum = 0
        let bounds = Self.bounds.map { "\($0)" } + ["+Inf"]
        let buckets = zip(bounds, content.durations).map { bound, count in
            sum += count
            return (suffix: "_bucket{le=\"\(bound)\"}", value: "\(sum)")
        }
        page.add(
            "\(prefix)_http_request_duration_seconds", .histogram,
            "Time from a request's head to its answer.",
            samples: buckets + [("_sum", "\(content.seconds)"), ("_count", "\(sum)")])
    }
}
