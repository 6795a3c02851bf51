import Foundation
import Markup
import Testing

@Suite("Stylesheet")
struct StylesheetTests {
    @Test("it loads nothing", arguments: ["url(", "@import", "http", "//", "src"])
    func selfContained(text: String) {
        #expect(!Stylesheet.css.contains(text))
    }

    @Test("what is hidden stays so, however its kind is shown")
    func hidden() {
        #expect(Stylesheet.css.contains("[hidden] { display: none !important; }"))
    }

    @Test("each block that is opened is closed")
    func balanced() {
        let css = Stylesheet.css
        #expect(css.count { $0 == "{" } == css.count { $0 == "}" })
    }

    @Test(
        "every variable that is used is defined for light, and every colour of the light for dark")
    func variables() throws {
        let css = Stylesheet.css
        let light = Set(css.prefix(while: { $0 != "@" }).matches(of: /--[a-z]+(?=:)/).map(\.output))
        let rest = try #require(css.split(separator: "prefers-color-scheme: dark)").last)
        let dark = Set(rest.matches(of: /--[a-z]+(?=:)/).map(\.output))
        let used = Set(css.matches(of: /var\((--[a-z]+)\)/).map(\.output.1))
        #expect(used.isSubset(of: light))
        #expect(dark == light)
    }

    @Test(
        "text can be read on every ground, light and dark (contrast of 4.5)",
        arguments: ["light", "dark"])
    func contrast(scheme: String) throws {
        let css = Stylesheet.css
        let parts = css.components(separatedBy: "@media screen and (prefers-color-scheme: dark)")
        let block = try #require(scheme == "light" ? parts.first : parts.last)
        func colour(_ name: String) throws -> Double {
            let text = try #require(block.components(separatedBy: "--\(name): #").dropFirst().first)
            let value = try #require(Int(text.prefix(6), radix: 16))
            let channels = [16, 8, 0].map { shift -> Double in
                let part = Double(value >> shift & 255) / 255
                return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
        }
        for ink in ["ink", "quiet", "link"] {
            for ground in ["ground", "panel", "remark"] {
                let (first, second) = (try colour(ink), try colour(ground))
                let contrast = (max(first, second) + 0.05) / (min(first, second) + 0.05)
                #expect(contrast >= 4.5, "\(ink) on \(ground), \(scheme): \(contrast)")
            }
        }
    }
}
