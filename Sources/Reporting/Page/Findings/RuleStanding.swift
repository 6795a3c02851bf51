import GroundSegment
import Planning

/// How a plan stands to one rule: whether it is kept, and how much room is left where there is
/// least.
struct RuleStanding {
    /// `Work within capacity`.
    let name: String
    /// `H2`.
    let code: String
    /// How often it is broken.
    let broken: Int
    /// Where there is least room; `nil` for rules that know no more or less.
    let tightest: Place?

    /// The cell with the least room.
    struct Place {
        /// `SDC-FR, 2027-02-01`.
        let name: String
        let value: String
        let limit: String
        /// Room left, relative to the limit or to the tolerated deviation; negative where it is
        /// overstepped.
        let slack: Double
    }

    /// The hard rules and the tolerances, in the order of their codes.
    static func all(of plan: Plan) -> [RuleStanding] {
        let measures = plan.measures
        func hard(_ code: String, _ name: String, _ tightest: Place? = nil) -> RuleStanding {
            RuleStanding(
                name: name, code: code,
                broken: measures.violations.count { $0.hasPrefix(code + " ") }, tightest: tightest)
        }
        func tolerance(
            _ tolerance: OutsideCell.Tolerance, _ name: String, _ tightest: Place?
        ) -> RuleStanding {
            RuleStanding(
                name: name, code: tolerance.rawValue,
                broken: measures.outside.count { $0.tolerance == tolerance }, tightest: tightest)
        }
        let places = Places(plan)
        let rules = plan.rules.pins.count + plan.rules.prohibitions.count
        return [
            hard("H1", "A primary and another secondary for every item"),
            hard("H2", "Work within the capacity", places.capacity),
            hard("H3", "Data within the storage", places.storage),
            hard("H4", "No arrival during a full outage of the primary"),
            hard(
                "H5",
                "Pins, prohibitions and frozen items hold ("
                    + NumberText.count(rules, "rule", "rules") + ")"),
        ] + transfers(plan).map { hard("H6", "Transfers within the lines' rates", $0) } + [
            tolerance(.work, "Work near its target", places.work),
            tolerance(.observations, "Observations near their share", places.observations),
            tolerance(.storage, "New data near their share", places.newData),
            tolerance(.gap, "No long wait for an observation", places.gap),
        ]
    }

    /// Where the transfers leave least room, in a list of one; empty where nothing is limited.
    private static func transfers(_ plan: Plan) -> [Place?] {
        guard plan.distribution.sdcs.contains(where: \.hasTransferLimit) else { return [] }
        let places = plan.transfers.flatMap { found in
            TransferDirection.allCases.flatMap { direction in
                zip(found.volumes(direction), found.limits(direction) ?? []).enumerated().map {
                    bucket, entry in
                    let (volume, limit) = (entry.0.sum, entry.1.value)
                    return Place(
                        name: "\(found.sdc), \(plan.distribution.buckets.name(bucket))",
                        value: "\(NumberText.grouped(volume, 2)) TB \(direction.rawValue)",
                        limit: "at most \(NumberText.grouped(limit, 2))",
                        slack: limit > 0 ? 1 - volume / limit : volume > 0 ? -1 : 0)
                }
            }
        }
        return [places.min { $0.slack < $1.slack }]
    }

    /// Finds the cells with the least room.
    private struct Places {
        let plan: Plan
        let bands: ToleranceBands

        init(_ plan: Plan) {
            self.plan = plan
            bands = ToleranceBands(plan)
        }

        private var loads: [SDCLoad] { plan.measures.loads }

        private func cells(_ make: (SDCLoad, Int, BucketLoad) -> Place?) -> Place? {
            Self.least(
                loads.flatMap { load in
                    load.buckets.enumerated().compactMap { make(load, $0, $1) }
                })
        }

        /// The first of the places with the least room.
        private static func least(_ places: [Place]) -> Place? {
            places.reduce(nil) { least, place in
                guard let least, least.slack <= place.slack else { return place }
                return least
            }
        }

        private func name(_ load: SDCLoad, _ bucket: Int) -> String {
            "\(load.sdc), \(plan.distribution.buckets.name(bucket))"
        }

        /// Room within a band, relative to its half width.
        private func place(
            _ name: String, _ value: Double, _ band: ClosedRange<Double>, _ digits: Int,
            _ unit: String
        ) -> Place {
            let half = max((band.upperBound - band.lowerBound) / 2, 1e-9)
            let room = min(band.upperBound - value, value - band.lowerBound)
            return Place(
                name: name, value: "\(NumberText.grouped(value, digits)) \(unit)",
                limit: "\(NumberText.grouped(max(0, band.lowerBound), digits)) to"
                    + " \(NumberText.grouped(band.upperBound, digits))", slack: room / half)
        }

        var capacity: Place? {
            cells { load, bucket, cell in
                guard cell.capacity > .zero || cell.work > .zero else { return nil }
                return Place(
                    name: name(load, bucket),
                    value: "\(NumberText.grouped(cell.work.value)) core-hours",
                    limit: "at most \(NumberText.grouped(cell.capacity.value))",
                    slack: 1 - cell.work.value / max(cell.capacity.value, 1e-9))
            }
        }

        var storage: Place? {
            Self.least(
                zip(plan.distribution.sdcs, loads).map { sdc, load in
                    let filled = (sdc.occupied + load.newVolume).value
                    return Place(
                        name: sdc.id.text, value: "\(NumberText.grouped(filled, 1)) TB",
                        limit: "at most \(NumberText.grouped(sdc.storage.value, 1))",
                        slack: 1 - filled / max(sdc.storage.value, 1e-9))
                })
        }

        var work: Place? {
            cells { load, bucket, cell in
                place(name(load, bucket), cell.work.value, bands.work(cell), 0, "core-hours")
            }
        }

        var observations: Place? {
            cells { load, bucket, cell in
                place(
                    name(load, bucket), Double(cell.observations),
                    bands.observations(cell, bucket: bucket), 1, "observations")
            }
        }

        var newData: Place? {
            Self.least(
                loads.map { place($0.sdc.text, $0.newVolume.value, bands.storage($0), 2, "TB") })
        }

        var gap: Place? {
            let limit = plan.balance.gap
            return Self.least(
                loads.map { load in
                    Place(
                        name: load.sdc.text,
                        value: "\(NumberText.grouped(load.longestGap, 2)) days",
                        limit: "at most \(NumberText.grouped(limit, 2))",
                        slack: 1 - load.longestGap / max(limit, 1e-9))
                })
        }
    }
}
