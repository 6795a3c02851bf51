import Testing

@testable import WebService

@Suite struct MetricsTextTests {
    @Test("each metric has its help and type before its value")
    func gauges() {
        var page = MetricsText()
        #expect(page.text == "")
        page.gauge("test_up", "Whether it runs.", 1)
        page.gauge("test_items", "Items.", -3)
        #expect(
            page.text == """
                # HELP test_up Whether it runs.
                # TYPE test_up gauge
                test_up 1
                # HELP test_items Items.
                # TYPE test_items gauge
                test_items -3

                """)
    }
}
