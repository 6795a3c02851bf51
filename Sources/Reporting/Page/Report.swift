public import GroundSegment
import Markup
public import Planning

/// The page on a plan for the mission planner: one HTML file with inline drawings, which loads
/// nothing and is whole without script; script adds the look-up of items and a slider over time.
///
/// The same plan and inputs give the same bytes: no clock and no path of a machine is in it.
public struct Report {
    let plan: Plan
    let inputs: [InputFile]
    let digest: String
    let base: Base?
    let standing: Standing
    let progress: [SearchSample]
    let actual: Actual?
    let difference: PlanDifference?
    let colours: [String]

    /// The plan that was in force or proposed before, which the page compares its own with.
    public struct Base: Sendable {
        public let plan: Plan
        /// Which revision it is and who approved and published it when; `nil` where it was read
        /// from a file.
        public let publication: String?

        public init(plan: Plan, publication: String? = nil) {
            self.plan = plan
            self.publication = publication
        }
    }

    /// The report on `plan`.
    ///
    /// - Parameters:
    ///   - inputs: the files that the plan was made from; none where they are not known, as for
    ///     a plan that was read back.
    ///   - digest: the digest in plan.json.
    ///   - base: what the plan revises; `nil` where that is not at hand.
    ///   - standing: what has become of the plan, as far as it is known.
    ///   - progress: how the search went; none where it is not recorded.
    ///   - actual: what became of the plan; `nil` where the page is not to tell of it.
    public init(
        plan: Plan, inputs: [InputFile], digest: String, base: Base? = nil,
        standing: Standing = Standing(), progress: [SearchSample] = [], actual: Actual? = nil
    ) {
        self.plan = plan
        self.inputs = inputs
        self.digest = digest
        self.base = base
        self.standing = standing
        self.progress = progress
        self.actual = actual
        difference = base.map { PlanDifference(from: $0.plan, to: plan) }
        colours = Palette.colours(plan.distribution.sdcs.count)
    }

    /// The whole page.
    public func html() -> String {
        Page(file: "Distribution \(plan.distribution.name)", parts: sections).text
    }

    private var sections: [Fragment] {
        [
            heading, headlines, planAgainstActual, transfers, outside, binding,
            section(
                "Who owns the sky",
                [
                    SkyFigures(
                        plan.distribution, colours: colours, isRevision: plan.base != nil
                    ).fragment()
                ]),
            lookUp, loads, lines, centres, copies, changes, maintenance, solution, inputFiles,
            glossary,
            script,
        ]
    }

    /// A section under its heading.
    func section(_ title: String, _ content: [Fragment]) -> Fragment {
        Fragment("section", [Fragment("h2", .text(title))] + content)
    }

    /// A paragraph of plain text.
    func paragraph(_ text: String) -> Fragment { Fragment("p", .text(text)) }

    /// A small patch in the colour of the SDC at `place`.
    func swatch(_ place: Int) -> Fragment {
        Fragment("span", ["class": "swatch", "style": "background:\(colours[place])"])
    }
}
