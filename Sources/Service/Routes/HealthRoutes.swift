import WebService

extension Backend {
    /// For those who watch the service.
    var healthRoutes: [Route] {
        let text = "text/plain; charset=utf-8"
        return [
            Route(
                "/healthz", "Whether the service runs.", result: .document(mediaType: "text/plain")
            ) { _ in
                Answer(content: .document("ok\n", mediaType: text), caching: .never)
            },
            Route(
                "/readyz", "Whether the service has read the catalogue and reaches it now.",
                result: .document(mediaType: "text/plain"),
                problems: [503: "The database cannot be reached; what was read is still answered."]
            ) { _ in
                guard board.isReady else { throw Problem.unavailable }
                return Answer(content: .document("ready\n", mediaType: text), caching: .never)
            },
            Route(
                "/metrics", "Counters for Prometheus.", result: .document(mediaType: "text/plain")
            ) { _ in
                Answer(
                    content: .document(
                        ServiceMetrics.text(metrics, board), mediaType: MetricsText.mediaType),
                    caching: .never)
            },
        ]
    }
}
