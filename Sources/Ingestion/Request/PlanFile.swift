import Documents
import GroundSegment
import SkyGeometry

/// A planning request: what plan.yaml says, part by part.
///
/// A part is `nil` where it is at fault, so that the other files can be read all the same.
struct PlanFile {
    let name: String?
    let survey: SurveySource?
    /// The folder of the SDC files, relative to the request's.
    let sdcs: String?
    let grid: RingGrid?
    let buckets: Buckets?
    let processing: Processing?
    let balance: Balance?
    let weights: Weights?
    let rules: RuleSection
    let options: PlanningOptions?
    /// `nil` where nothing is reserved, or what is said of it is at fault.
    let reserved: ReservedSource?
    /// For faults that show only beside other files.
    let root: DocumentObject

    /// Reads a request; `nil` where it is no YAML mapping at all.
    init?(text: String, faults: FaultLog) {
        guard let root = DocumentObject(text, faults: faults) else { return nil }
        root.check(keys: [
            "name", "survey", "sdcs", "tiles", "period", "bucket", "processing", "balance", "base",
            "history", "freeze", "pins", "forbid", "weights", "seed", "effort", "limits",
            "reserved",
        ])
        self.root = root
        name = Self.name(root)
        survey = root.object("survey").flatMap(SurveySource.init)
        sdcs = root.text("sdcs", expected: "the folder of the SDC files").map { name in
            name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
        }
        grid = Self.grid(root)
        buckets = Self.buckets(root)
        processing = Self.processing(root)
        balance = Self.balance(root)
        weights = Self.weights(root)
        if let grid, let field = survey?.field { Self.check(grid, field: field, root) }
        rules = RuleSection(root, grid: grid)
        options = Self.options(root)
        reserved = Self.reserved(root)
    }

    private static let mostNameBytes = 200
    /// The most buckets of a period: a day each in 27 years.
    private static let mostBuckets = 10_000
    /// The most tiles that one observation's field may reach over, as far as that is known.
    private static let mostTiles = 2_500

    /// Notes tiles that are so small for the fields that each observation has thousands.
    private static func check(
        _ grid: RingGrid, field: (width: Double, height: Double), _ root: DocumentObject
    ) {
        let reach = (field.width * field.width + field.height * field.height).squareRoot()
        let count = (reach + 2 * grid.margin) / grid.step + 2
        guard count * count > Double(mostTiles) else { return }
        let tiles = root.object("tiles")
        tiles?.fault(
            "grid",
            found:
                "\(Int((count * count).rounded())) tiles of \(PlainText.number(grid.step)) degrees within"
                + " the reach of a field of \(PlainText.number(field.width)) x \(PlainText.number(field.height))",
            expected: "at most \(mostTiles)")
    }

    /// The name, which also names the folder of the results.
    private static func name(_ root: DocumentObject) -> String? {
        guard let name = root.text("name") else { return nil }
        guard !name.contains("/"), !name.hasPrefix(".") else {
            root.fault("name", expected: "a name without / that does not begin with a dot")
            return nil
        }
        guard name.utf8.count <= mostNameBytes else {
            root.fault(
                "name", found: "a name of \(name.utf8.count) bytes",
                expected: "at most \(mostNameBytes), for folders are named after it")
            return nil
        }
        return name
    }

    private static func grid(_ root: DocumentObject) -> RingGrid? {
        guard let tiles = root.object("tiles") else { return nil }
        tiles.check(keys: ["grid"])
        guard tiles.isObject("grid") else {
            if tiles.word("grid") == "mer" { return .mer }
            tiles.fault("grid", expected: "mer, or step and margin in degrees")
            return nil
        }
        guard let grid = tiles.object("grid") else { return nil }
        grid.check(keys: ["step", "margin", "first"])
        let step = grid.number("step", .step)
        let margin = grid.number("margin", .margin, default: 0)
        let first = grid.natural("first", default: 1)
        guard let step, let margin, let first else { return nil }
        guard RingGrid.isValid(step: step) else {
            grid.fault("step", expected: "a divisor of 180")
            return nil
        }
        guard first <= 1_000_000_000_000 else {
            grid.fault("first", expected: "at most 1000000000000")
            return nil
        }
        guard step / 2 + margin <= 50 else {
            // Corners of an outer area then reach 59.3 degrees: atan(sqrt 2 tan 50).
            grid.fault(
                "margin",
                expected:
                    "at most \(PlainText.number(50 - step / 2)) beside a step of \(PlainText.number(step))"
            )
            return nil
        }
        return RingGrid(step: step, margin: margin, firstNumber: Int(first))
    }

    private static func buckets(_ root: DocumentObject) -> Buckets? {
        let period = root.object("period")
        period?.check(keys: ["start", "end"])
        let start = period?.time("start")
        let end = period?.time("end")
        let length = root.number("bucket", .bucket, default: 7)
        guard let period, let start, let end, let length else { return nil }
        guard start < end else {
            period.fault("end", expected: "an instant after period.start, \(start.date)")
            return nil
        }
        guard end - start <= 10 * 366 else {
            period.fault(
                "end", found: "a period of \(PlainText.number(end - start)) days",
                expected: "at most ten years")
            return nil
        }
        guard (end - start) / length <= Double(mostBuckets) else {
            root.fault(
                "bucket",
                found: "\(Int((end - start) / length)) buckets of \(PlainText.number(length)) days",
                expected: "at most \(mostBuckets) in the period")
            return nil
        }
        return Buckets(period: TimeWindow(start: start, end: end), length: length)
    }
}
