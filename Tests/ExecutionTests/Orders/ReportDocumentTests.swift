import GroundSegment
import Testing

@testable import Execution

@Suite struct ReportDocumentTests {
    @Test("an order comes back from its document as it was")
    func order() throws {
        let order = try TestSite().tileOrder(
            "1/2", needing: ["3", "4"], sdc: "SDC-FR", replicaAt: "SDC-IT")
        let text = try Document.text(OrderDocument(order))
        let back: OrderDocument = try Document.value(text, "order")
        #expect(back.order == order)
    }

    @Test("a report comes back from its document as it was")
    func report() throws {
        let report = OrderSourceConformance.report(
            of: try TestSite().order("1"), replicaAt: "SDC-IT", event: .complete)
        let text = try Document.text(ReportDocument(report))
        let back: ReportDocument = try Document.value(text, "report")
        #expect(try back.report() == report)
    }

    @Test("a document that is something else is refused with its name")
    func damaged() throws {
        let error = try #require(throws: ExecutionError.self) {
            let _: ReportDocument = try Document.value("{}", "report of order-1")
        }
        #expect(error.message.hasPrefix("report of order-1 is not what it should be"))
    }
}
