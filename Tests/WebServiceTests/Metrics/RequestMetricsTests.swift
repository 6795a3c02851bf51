import Testing

@testable import WebService

@Suite struct RequestMetricsTests {
    @Test("requests are counted by route and status, and their times by upper bounds")
    func counts() {
        let metrics = RequestMetrics(prefix: "test")
        metrics.count(route: "/b", status: 200, duration: .milliseconds(500))
        metrics.count(route: "/a", status: 404, duration: .microseconds(250))
        metrics.count(route: "/a", status: 404, duration: .seconds(16))
        var page = MetricsText()
        metrics.write(to: &page)
        let name = "test_http_request_duration_seconds"
        let bounds = ["0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1"]
        let buckets = bounds.map { "\(name)_bucket{le=\"\($0)\"} 1\n" }.joined()
        #expect(
            page.text == """
                # HELP test_http_requests_total Requests answered, by route and status.
                # TYPE test_http_requests_total counter
                test_http_requests_total{route="/a",status="404"} 2
                test_http_requests_total{route="/b",status="200"} 1
                # HELP \(name) Time from a request's head to its answer.
                # TYPE \(name) histogram
                \(buckets)\(name)_bucket{le="0.5"} 2
                \(name)_bucket{le="1.0"} 2
                \(name)_bucket{le="5.0"} 2
                \(name)_bucket{le="+Inf"} 3
                \(name)_sum 16.50025
                \(name)_count 3

                """)
    }

    @Test("what is served is counted under its route, never under what was sent")
    func served() async throws {
        try await RunningRoutes.with { service in
            _ = try await service.client.get("/v1/tiles/secret/owner")
            _ = try await service.client.get("/none")
            var page = MetricsText()
            service.metrics.write(to: &page)
            #expect(page.text.contains("{route=\"/v1/tiles/{id}/owner\",status=\"404\"} 1\n"))
            #expect(page.text.contains("{route=\"none\",status=\"404\"} 1\n"))
            #expect(!page.text.contains("secret"))
        }
    }
}
