public import GroundSegment
import Markup
public import Planning

/// The page on a plan for the mission planner: one HTML file with inline drawings, which loads
/// nothing and needs no script.
///
/// The same plan and inputs give the same bytes: no clock and no path of a machine is in it.
public struct Report {
    let plan: Plan
    let inputs: [InputFile]
    let digest: String
    let colours: [String]

    /// The report on `plan`.
    ///
    /// - Parameters:
    ///   - inputs: the files that the plan was made from; none where they are not known, as for
    ///     a plan that was read back.
    ///   - digest: the digest in plan.json.
    public init(plan: Plan, inputs: [InputFile], digest: String) {
        self.plan = plan
        self.inputs = inputs
        self.digest = digest
        colours = Palette.colours(plan.distribution.sdcs.count)
    }

    /// The whole page.
    public func html() -> String {
        let page = Fragment(
            "html", ["lang": "en"],
            [
                Fragment(
                    "head",
                    [
                        Fragment("meta", ["charset": "utf-8"]),
                        Fragment(
                            "meta",
                            ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                        Fragment("title", "Distribution \(plan.distribution.name)"),
                        .stylesheet(Stylesheet.css),
                    ]),
                Fragment("body", Fragment("main", sections)),
            ])
        return "<!DOCTYPE html>" + page.html + "\n"
    }

    private var sections: [Fragment] {
        [
            heading, headlines, outside, binding,
            section(
                "Who owns the sky",
                [SkyMap(plan.distribution, colours: colours).fragment()]),
            loads, centres, copies, changes, inputFiles, glossary,
        ]
    }

    /// A section under its heading.
    func section(_ title: String, _ content: [Fragment]) -> Fragment {
        Fragment("section", [Fragment("h2", .text(title))] + content)
    }

    /// A paragraph of plain text.
    func paragraph(_ text: String) -> Fragment { Fragment("p", .text(text)) }

    private var loads: Fragment {
        let bands = ToleranceBands(plan)
        let top = LoadChart.top(plan)
        let charts = zip(plan.distribution.sdcs, plan.measures.loads).enumerated().map {
            place, entry in
            Fragment(
                "figure",
                [
                    Fragment(
                        "figcaption",
                        [
                            swatch(place), .text(" "), Fragment("b", .text(entry.0.id.text)),
                            .text(" " + entry.0.name),
                            Fragment("small", .text(scaleCaption(entry.0))),
                        ]),
                    LoadChart(entry.1, of: entry.0, plan: plan, bands: bands, top: top).fragment(),
                ])
        }
        return section(
            "Work per SDC and bucket",
            [
                paragraph(
                    "Work by bucket, relative to what the SDC can do at full availability: one"
                        + " scale for all charts. Buckets are named by their first day. T1 tolerates"
                        + " \(NumberText.percent(plan.balance.work)) of the target, or one item."),
                key, Fragment("div", ["class": "charts"], charts),
            ])
    }

    private func scaleCaption(_ sdc: SDC) -> String {
        let full = sdc.cores * sdc.efficiency * plan.distribution.buckets[0].days * 24
        return "100 % is \(NumberText.grouped(full)) core-hours in the first bucket"
    }

    private var key: Fragment {
        let entries = [
            ("observations", "work for observations"), ("tiles", "work for tiles"),
            ("band", "tolerance around the target"), ("target", "target"),
            ("capacity", "capacity"), ("outage", "maintenance, with the part that is available"),
        ]
        return Fragment(
            "ul", ["class": "legend"],
            entries.map { name, text in
                Fragment("li", [Fragment("span", ["class": "swatch \(name)"]), .text(" " + text)])
            })
    }

    /// A small patch in the colour of the SDC at `place`.
    func swatch(_ place: Int) -> Fragment {
        Fragment("span", ["class": "swatch", "style": "background:\(colours[place])"])
    }
}
