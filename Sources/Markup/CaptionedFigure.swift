/// A figure that can be read without being seen: a drawing, how to read it, what it shows, and its
/// numbers.
public struct CaptionedFigure {
    private let title: Fragment
    private let drawing: Fragment
    private let caption: String
    private let finding: String
    private let numbers: [CaptionedTable]
    private let isWide: Bool

    /// - Parameters:
    ///   - title: what is drawn; may be empty where a heading says it.
    ///   - drawing: one drawing or several, with their legend.
    ///   - caption: how to read it, in a sentence or more.
    ///   - finding: what it shows, in a sentence.
    ///   - numbers: what is drawn, as a table or several.
    ///   - isWide: whether the figure has the page's whole width: the numbers stand beside the
    ///     drawing then, and are folded otherwise.
    public init(
        title: Fragment = [], drawing: Fragment, caption: String, finding: String,
        numbers: [CaptionedTable], isWide: Bool = false
    ) {
        self.title = title
        self.drawing = drawing
        self.caption = caption
        self.finding = finding
        self.numbers = numbers
        self.isWide = isWide
    }

    /// A figure with one table of numbers.
    public init(
        title: Fragment = [], drawing: Fragment, caption: String, finding: String,
        numbers: CaptionedTable, isWide: Bool = false
    ) {
        self.init(
            title: title, drawing: drawing, caption: caption, finding: finding, numbers: [numbers],
            isWide: isWide)
    }

    public var fragment: Fragment {
        let words: [Fragment] = [
            Fragment("span", ["class": "finding"], .text(finding)), .text(" " + caption),
        ]
        return isWide
            ? Fragment(
                "figure", ["class": "beside"],
                [title, drawing, tables, Fragment("figcaption", words)])
            : Fragment("figure", [title, drawing, Fragment("figcaption", words + [folded])])
    }

    private var tables: Fragment {
        let fragments = numbers.map(\.fragment)
        return fragments.count == 1
            ? fragments[0] : Fragment("div", ["class": "numbers"], fragments)
    }

    private var folded: Fragment {
        Fragment("details", [Fragment("summary", "Numbers"), .group(numbers.map(\.fragment))])
    }
}
