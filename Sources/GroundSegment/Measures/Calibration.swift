import Foundation

/// The SDCs' efficiencies and the items' work as measurements have them.
///
/// Processing an item of kind *k* at SDC *s* takes `work(k) / efficiency(s)` core-hours there.  The
/// logarithms of what was measured are the sum of one number for each kind and one for each SDC:
/// least squares finds them (two-way analysis of variance with unequal numbers; Searle, Linear
/// Models, 1971, chapter 7).  Measurements tell only how SDCs compare: their mean efficiency, by
/// cores, stays what it is in the case, or less where one would be above 1; what remains is work.
public struct Calibration: Hashable, Sendable {
    /// A value with its spread.
    public struct Estimate: Hashable, Sendable {
        /// What the case has.
        public let now: Double
        /// What the measurements say; `nil` where there are too few.
        public let measured: Double?
        /// Half the width of the interval that holds the truth with 95 %, relative to the value.
        public let spread: Double?
        /// How many items were measured.
        public let items: Int

        /// Whether what the case has lies outside of the interval.
        public var differs: Bool {
            guard let measured, let spread else { return false }
            return abs(now / measured - 1) > spread
        }
    }

    /// An SDC's efficiency.
    public struct Centre: Hashable, Sendable {
        public let sdc: ID<SDC>
        public let efficiency: Estimate
        /// The part of the cores' time in which they worked, of all steps; `nil` without any.
        public let busy: Double?
    }

    /// The work of one item of a kind, core-hours.
    public struct Work: Hashable, Sendable {
        public let kind: ItemKind
        public let work: Estimate
    }

    /// In the case's order.
    public let centres: [Centre]
    /// Observations, then tiles.
    public let works: [Work]

    /// Fewer items of an SDC, or of a kind, say nothing about it.
    public static let fewest = 5

    /// - Parameters:
    ///   - measures: of SDCs that the case does not have are passed over, and so are those that
    ///     took no time.
    public init(_ measures: [ItemMeasure], sdcs: [SDC], processing: Processing) {
        let cells = Cells(measures, sdcs: sdcs)
        let fit = cells.fit(sdcs)
        centres = sdcs.enumerated().map { index, sdc in
            let own = measures.filter { $0.sdc == sdc.id }
            let occupied = own.reduce(0) { $0 + $1.occupied.value }
            let busy = own.reduce(0) { $0 + $1.busy.value }
            return Centre(
                sdc: sdc.id,
                efficiency: Estimate(
                    now: sdc.efficiency, measured: fit.efficiencies[index]?.value,
                    spread: fit.efficiencies[index]?.spread, items: cells.items(ofSDC: index)),
                busy: occupied > 0 ? busy / occupied : nil)
        }
        works = ItemKind.allCases.enumerated().map { index, kind in
            Work(
                kind: kind,
                work: Estimate(
                    now: processing.work(of: kind).value, measured: fit.works[index]?.value,
                    spread: fit.works[index]?.spread, items: cells.items(ofKind: index)))
        }
    }

    /// The changes of the case that the measurements propose: what differs, rounded to three
    /// digits.
    public var proposals: [Proposal] {
        centres.compactMap { centre in
            proposal(.efficiency(centre.sdc), centre.efficiency)
        } + works.compactMap { proposal(.work($0.kind), $0.work) }
    }

    private func proposal(_ field: Proposal.Field, _ estimate: Estimate) -> Proposal? {
        guard estimate.differs, let measured = estimate.measured else { return nil }
        let size = pow(10, 2 - floor(log10(measured)))
        let value = (measured * size).rounded() / size
        return value == estimate.now
            ? nil : Proposal(field: field, now: estimate.now, value: value)
    }

    /// Another value for one field of the case's files.
    public struct Proposal: Hashable, Sendable {
        public enum Field: Hashable, Sendable {
            case efficiency(ID<SDC>)
            case work(ItemKind)
        }

        public let field: Field
        public let now: Double
        public let value: Double
    }
}

extension Processing {
    /// The work of one item of a kind; nothing of what no distribution assigns.
    public func work(of kind: ItemKind) -> CoreHours {
        switch kind {
        case .observation: observationWork
        case .tile: tileWork
        case .number, .campaign: .zero
        }
    }
}
