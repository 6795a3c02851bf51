import Foundation

extension Calibration {
    /// Measurements by SDC and kind.
    struct Cells {
        private let kinds = ItemKind.allCases
        /// Logarithms of core-hours, by SDC and kind.
        private var logarithms: [[[Double]]]

        init(_ measures: [ItemMeasure], sdcs: [SDC]) {
            let places = Dictionary(
                sdcs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
            logarithms = sdcs.map { _ in ItemKind.allCases.map { _ in [] } }
            for measure in measures where measure.occupied.value > 0 {
                guard let sdc = places[measure.sdc], let kind = kinds.firstIndex(of: measure.kind)
                else { continue }
                logarithms[sdc][kind].append(log(measure.occupied.value))
            }
        }

        func items(ofSDC sdc: Int) -> Int { logarithms[sdc].reduce(0) { $0 + $1.count } }

        func items(ofKind kind: Int) -> Int { logarithms.reduce(0) { $0 + $1[kind].count } }

        /// What was found: a value and its relative spread, for each SDC and each kind.
        struct Fit {
            var efficiencies: [(value: Double, spread: Double)?]
            var works: [(value: Double, spread: Double)?]
        }

        /// Least squares, with the mean of the SDCs' logarithms, weighted by cores, kept.
        func fit(_ sdcs: [SDC]) -> Fit {
            var fit = Fit(
                efficiencies: sdcs.map { _ in nil }, works: ItemKind.allCases.map { _ in nil })
            let centres = sdcs.indices.filter { items(ofSDC: $0) >= Calibration.fewest }
            guard !centres.isEmpty else { return fit }
            let effects = effects(of: centres)
            let weights = centres.map { sdcs[$0].cores }
            let total = weights.reduce(0, +)
            let kept = zip(centres, weights).reduce(0) { sum, entry in
                sum + entry.1 / total
                    * (log(sdcs[entry.0].efficiency) + (effects.sdcs[entry.0] ?? 0))
            }
            // None is above 1.
            let mean = min(kept, centres.map { effects.sdcs[$0] ?? 0 }.min() ?? kept)
            for sdc in centres {
                let error = standardError(of: sdc, effects)
                fit.efficiencies[sdc] = (
                    exp(mean - (effects.sdcs[sdc] ?? 0)), Self.relative(error)
                )
            }
            for kind in kinds.indices {
                let values = centres.flatMap { sdc in
                    logarithms[sdc][kind].map { exp($0 + mean - (effects.sdcs[sdc] ?? 0)) }
                }
                guard values.count >= Calibration.fewest else { continue }
                let average = values.reduce(0, +) / Double(values.count)
                let variance =
                    values.reduce(0) { $0 + ($1 - average) * ($1 - average) }
                    / Double(values.count - 1)
                let error = (variance / Double(values.count)).squareRoot() / average
                fit.works[kind] = (average, Self.quantile(values.count - 1) * error)
            }
            return fit
        }

        /// What SDCs and kinds add to the logarithms; SDCs by their places.
        private func effects(of centres: [Int]) -> (sdcs: [Int: Double], kinds: [Double]) {
            var sdcs = Dictionary(uniqueKeysWithValues: centres.map { ($0, 0.0) })
            var kindEffects = kinds.map { _ in 0.0 }
            for _ in 0..<500 {
                var change = 0.0
                for kind in kinds.indices {
                    let rest = centres.flatMap { sdc in
                        logarithms[sdc][kind].map { $0 - (sdcs[sdc] ?? 0) }
                    }
                    guard !rest.isEmpty else { continue }
                    let mean = rest.reduce(0, +) / Double(rest.count)
                    change = max(change, abs(mean - kindEffects[kind]))
                    kindEffects[kind] = mean
                }
                for sdc in centres {
                    let rest = kinds.indices.flatMap { kind in
                        logarithms[sdc][kind].map { $0 - kindEffects[kind] }
                    }
                    let mean = rest.reduce(0, +) / Double(rest.count)
                    change = max(change, abs(mean - (sdcs[sdc] ?? 0)))
                    sdcs[sdc] = mean
                }
                if change < 1e-12 { break }
            }
            return (sdcs, kindEffects)
        }

        /// Of the mean of an SDC's logarithms, once the kinds' are taken off, times the quantile.
        private func standardError(
            of sdc: Int, _ effects: (sdcs: [Int: Double], kinds: [Double])
        ) -> Double {
            let rest = kinds.indices.flatMap { kind in
                logarithms[sdc][kind].map { $0 - effects.kinds[kind] - (effects.sdcs[sdc] ?? 0) }
            }
            let variance = rest.reduce(0) { $0 + $1 * $1 } / Double(rest.count - 1)
            return Self.quantile(rest.count - 1) * (variance / Double(rest.count)).squareRoot()
        }

        /// The relative width that an interval of a logarithm has.
        private static func relative(_ width: Double) -> Double { exp(width) - 1 }

        /// The 97.5 % quantile of Student's distribution (Abramowitz and Stegun, Handbook of
        /// Mathematical Functions, 26.7.5).
        private static func quantile(_ degrees: Int) -> Double {
            let (x, n) = (1.959963985, Double(degrees))
            let first = (pow(x, 3) + x) / 4
            let second = (5 * pow(x, 5) + 16 * pow(x, 3) + 3 * x) / 96
            let third = (3 * pow(x, 7) + 19 * pow(x, 5) + 17 * pow(x, 3) - 15 * x) / 384
            return x + first / n + second / pow(n, 2) + third / pow(n, 3)
        }
    }
}
