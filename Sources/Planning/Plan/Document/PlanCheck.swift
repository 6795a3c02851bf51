import GroundSegment
import SkyGeometry

/// Looks through the content of a plan.json for what no plan can hold: names that stand for
/// nothing, things named twice, numbers beyond `PlanningLimits`, parts that contradict each other.
///
/// A plan that breaks a hard rule or a tolerance can be held; that is the checker's to find.
struct PlanCheck {
    /// More faults than this are counted and not kept.
    static let limit = 1000

    let content: PlanContent
    private(set) var faults: [PlanFault] = []
    /// The SDCs that there are.
    let sdcs: Set<ID<SDC>>
    /// The period's buckets; `nil` where the content has none that can be.
    private(set) var buckets: Buckets?
    private var dropped = 0

    /// What a fault is about; made into text only where there is one.
    enum Record {
        case plan
        case sdc(String)
        case observation(String)
        case tile(String)
        /// An entry of a list, counted from 0.
        case entry(String, Int)

        var text: String? {
            switch self {
            case .plan: nil
            case .sdc(let id): "SDC \(id)"
            case .observation(let id): "observation \(id)"
            case .tile(let id): "tile \(id)"
            case .entry(let list, let index): "\(list)[\(index)]"
            }
        }
    }

    init(_ content: PlanContent) {
        self.content = content
        sdcs = Set(content.sdcs.map { ID($0.id) })
        checkRequest()
        checkSDCs()
        checkRules()
        checkObservations()
        checkTiles()
        checkMeasures()
        if dropped > 0 {
            faults.append(
                PlanFault(
                    record: nil, field: nil, found: "\(dropped) more faults",
                    expected: "none (the first \(Self.limit) are listed)"))
        }
    }

    mutating func add(_ record: Record, _ field: String, _ found: String, _ expected: String) {
        guard faults.count < Self.limit else {
            dropped += 1
            return
        }
        faults.append(
            PlanFault(record: record.text, field: field, found: found, expected: expected))
    }
}

// MARK: - Single values

extension PlanCheck {
    mutating func check<Number: Comparable & Sendable>(
        _ value: Number, _ range: ClosedRange<Number>, _ record: Record, _ field: String
    ) {
        guard !range.contains(value) else { return }
        add(
            record, field, "\(value)", "a number from \(range.lowerBound) to \(range.upperBound)")
    }

    /// An identifier or digest: printable, and not empty.
    mutating func check(id: String, _ record: Record, _ field: String) {
        if id.utf8.allSatisfy({ (33...126).contains($0) }) && !id.isEmpty { return }
        let isPrintable = id.unicodeScalars.allSatisfy {
            let category = $0.properties.generalCategory
            return category != .control && category != .lineSeparator
                && category != .paragraphSeparator
        }
        if !isPrintable || id.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            add(record, field, id.debugDescription, "a text that can be printed")
        }
    }

    /// Any text without U+0000, which no database holds.
    mutating func check(text: String, _ record: Record, _ field: String) {
        if text.utf8.contains(0) { add(record, field, "U+0000 in it", "a text without it") }
    }

    /// An SDC's identifier.
    mutating func check(sdc: String, _ record: Record, _ field: String) {
        if !sdcs.contains(ID(sdc)) {
            add(record, field, sdc.debugDescription, "one of the plan's SDCs")
        }
    }

    mutating func check(_ primary: String, _ secondary: String, _ record: Record) {
        check(sdc: primary, record, "primary")
        check(sdc: secondary, record, "secondary")
        if ID<SDC>(primary) == ID(secondary) {
            add(record, "secondary", "\(primary) as both", "two SDCs")
        }
    }

    mutating func check(instant: Double, _ record: Record, _ field: String) {
        check(instant, PlanningLimits.instant, record, field)
    }

    mutating func check(start: Double, end: Double, _ record: Record) {
        check(instant: start, record, "start")
        check(instant: end, record, "end")
        if start > end {
            add(record, "end", "\(end)", "an instant that is not before the start, \(start)")
        }
    }

    mutating func check(position: [Double], _ record: Record, _ field: String) {
        guard position.count == 2, (0...360).contains(position[0]),
            (-90...90).contains(position[1])
        else {
            add(record, field, "\(position.prefix(4))", "RA, 0 to 360, and Dec, -90 to 90")
            return
        }
    }

    /// Corners of a polygon that is smaller than a hemisphere.
    mutating func check(corners: [[Double]], _ record: Record, _ field: String) {
        guard PlanningLimits.corners.contains(corners.count) else {
            check(corners.count, PlanningLimits.corners, record, "\(field): how many corners")
            return
        }
        let before = faults.count + dropped
        for corner in corners {
            check(position: corner, record, field)
            if faults.count + dropped > before { return }
        }
        let vectors = corners.map { SkyPosition(ra: $0[0], dec: $0[1]).vector }
        guard let centre = UnitVector.mean(vectors),
            vectors.allSatisfy({ $0.dot(centre) > 0 })
        else {
            add(record, field, "a polygon of a hemisphere or more", "a smaller one")
            return
        }
    }

    mutating func check(bucket: Int, of instant: Double, _ record: Record, _ what: String) {
        guard let buckets, PlanningLimits.instant.contains(instant) else { return }
        let expected = buckets.index(of: MJD(instant))
        if bucket != expected {
            add(record, "bucket", "\(bucket)", "\(expected), the one of its \(what)")
        }
    }

    mutating func check(cause: String?, _ record: Record) {
        guard let cause, ChangeCause(rawValue: cause) == nil else { return }
        add(record, "cause", cause.debugDescription, Self.oneOf(ChangeCause.allCases))
    }

    static func oneOf<Choice: RawRepresentable<String>>(_ choices: [Choice]) -> String {
        "one of: " + choices.map(\.rawValue).joined(separator: ", ")
    }
}

// MARK: - The request

extension PlanCheck {
    private mutating func checkRequest() {
        check(id: content.name, .plan, "name")
        check(id: content.survey, .plan, "survey")
        checkBuckets()
        checkProcessing()
        let balance = content.balance
        for (value, field) in [
            (balance.work, "balance.work"), (balance.observations, "balance.observations"),
            (balance.storage, "balance.storage"), (balance.gap, "balance.gap"),
            (content.weights.stability, "weights.stability"),
            (content.weights.failover, "weights.failover"),
            (content.weights.compact ?? 0, "weights.compact"),
        ] {
            check(value, PlanningLimits.amount, .plan, field)
        }
        check(text: content.search.effort, .plan, "search.effort")
        check(text: content.search.solver, .plan, "search.solver")
        check(content.search.steps, 0...Int.max, .plan, "search.steps")
        check(content.search.stepsAsked, 0...Int.max, .plan, "search.stepsAsked")
        if let bound = content.bound { check(bound, PlanningLimits.derived, .plan, "bound") }
        if let base = content.base { check(id: base, .plan, "base") }
        if let reserved = content.reserved, reserved != "published" {
            add(.plan, "reserved", reserved.debugDescription, "published")
        }
    }

    private mutating func checkBuckets() {
        let before = faults.count
        check(content.bucket, PlanningLimits.bucket, .plan, "bucket")
        let period = content.period
        guard period.count == 2 else {
            add(.plan, "period", "\(period.count) numbers", "its start and its end")
            return
        }
        for instant in period { check(instant, PlanningLimits.period, .plan, "period") }
        if period[0] >= period[1] {
            add(.plan, "period", "\(period)", "an end after the start")
        } else if period[1] - period[0] > PlanningLimits.longestPeriod {
            add(
                .plan, "period", "\(period[1] - period[0]) days",
                "at most \(PlanningLimits.longestPeriod)")
        }
        guard faults.count == before else { return }
        buckets = Buckets(
            period: TimeWindow(start: MJD(period[0]), end: MJD(period[1])), length: content.bucket)
    }
}
