import WebService

/// The service's metrics for Prometheus.
enum ServiceMetrics {
    /// The page of metrics.
    static func text(_ requests: RequestMetrics, _ board: StateBoard) -> String {
        let state = board.state
        let items = state.snapshot.surveys.map { $0.tiles.count + $0.observations.count }
        var page = MetricsText()
        requests.write(to: &page)
        page.gauge(
            "sgs_catalogue_up", "Whether the catalogue's database can be reached.",
            board.isReady ? 1 : 0)
        page.gauge(
            "sgs_distributions", "Distributions that are held in memory.",
            state.snapshot.plans.count)
        page.gauge(
            "sgs_owned_items", "Observations and tiles that are held in memory.",
            items.reduce(0, +))
        page.gauge("sgs_followers", "Clients that follow the changes.", board.followers)
        return page.text
    }
}
