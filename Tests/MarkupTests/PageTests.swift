import Markup
import Testing

@Suite("Page")
struct PageTests {
    @Test("a page of the service links the style sheet, the start and its data")
    func served() {
        let page = Page(title: "Tile <7>", data: "/v1/tiles/7?at=x", parts: ["text"]).text
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(page.contains("<link rel=\"stylesheet\" href=\"/style.css\">"))
        #expect(page.contains("href=\"/v1/tiles/7?at=x&amp;format=csv\""))
        #expect(page.contains("<h1>Tile &lt;7&gt;</h1>text</main>"))
        #expect(!page.contains("<style>"))
    }

    @Test("a page that is a file has its style in it and leads nowhere")
    func file() {
        let page = Page(file: "Plan", parts: ["text"]).text
        #expect(page.contains("<style>\n" + Stylesheet.css + "</style>"))
        #expect(page.contains("<h1>Plan</h1>text</main>"))
        #expect(!page.contains("href") && !page.contains("<link"))
    }
}
