import GroundSegment
import Testing

@testable import Reporting

@Suite("Report's markup")
struct ReportMarkupTests {
    private let html: String

    init() throws {
        html = Report(plan: try SamplePlan.shared.get().plan, inputs: [], digest: "").html()
    }

    @Test("every element is closed in its turn")
    func balanced() {
        let void: Set = ["meta", "input", "br"]
        var open: [Substring] = []
        for tag in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
            let (_, end, name, closed) = tag.output
            if !end.isEmpty {
                #expect(open.popLast() == name)
            } else if closed.isEmpty, !void.contains(String(name)) {
                open.append(name)
            }
        }
        #expect(open.isEmpty)
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    }

    @Test("headings follow each other in order")
    func headings() {
        let levels = html.matches(of: /<h([1-6])>/).map(\.output.1)
        #expect(levels.first == "1")
        #expect(levels.dropFirst().allSatisfy { $0 == "2" })
        #expect(levels.count > 6)
    }

    @Test("every drawing has a role, a title and a description")
    func drawings() {
        // The map, its regions and a chart for each of four SDCs.
        let drawings = html.split(separator: "role=\"img\"").dropFirst()
        #expect(drawings.count >= 5)
        for drawing in drawings {
            #expect(drawing.contains("<title") && drawing.contains("<desc"))
        }
    }

    @Test("a figure says what it shows and how to read it")
    func figures() {
        let figures = html.matches(of: /<figure[ >]/).count
        #expect(figures >= 5)
        #expect(html.matches(of: /<figcaption>/).count == figures)
        #expect(html.matches(of: /class="finding/).count >= figures)
    }

    @Test("every table has a caption and scopes its headers")
    func tables() {
        let tables = html.split(separator: "<table>").dropFirst()
        #expect(tables.count >= 2)
        for table in tables {
            #expect(table.contains("<caption>"))
            #expect(!table.contains("<th>"))
        }
    }

    @Test("no identifier occurs twice")
    func identifiers() {
        let ids = html.matches(of: #/\sid="([^"]*)"/#).map(\.output.1)
        #expect(Set(ids).count == ids.count)
    }
}
