import LinearProgramming

/// A random integer program that is small enough to be enumerated.
struct SmallProgram {
    let program: Program
    private let ranges: [ClosedRange<Int>]
    private let costs: [Double]
    private let rows: [(lower: Double, upper: Double, coefficients: [Double])]

    init(using generator: inout TestGenerator) {
        let count = Int.random(in: 1...4, using: &generator)
        let ranges = (0..<count).map { _ in
            let lower = Int.random(in: -2...1, using: &generator)
            return lower...(lower + Int.random(in: 0...4, using: &generator))
        }
        let costs = (0..<count).map { _ in Double(Int.random(in: -5...5, using: &generator)) }
        rows = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            let lower = Double(Int.random(in: -8...6, using: &generator))
            let width = Double(Int.random(in: 0...4, using: &generator))
            let kind = Int.random(in: 0...2, using: &generator)
            return (
                kind == 1 ? -.infinity : lower, kind == 2 ? .infinity : lower + width,
                (0..<count).map { _ in Double(Int.random(in: -4...4, using: &generator)) }
            )
        }
        var program = Program()
        let variables = ranges.indices.map {
            program.addVariable(
                "x\($0)", lower: Double(ranges[$0].lowerBound),
                upper: Double(ranges[$0].upperBound),
                cost: costs[$0], isInteger: true)
        }
        for (number, row) in rows.enumerated() {
            program.addRow(
                "row \(number)", lower: row.lower, upper: row.upper,
                terms: zip(row.coefficients, variables).map { .init($0, $1) })
        }
        self.program = program
        self.ranges = ranges
        self.costs = costs
    }

    /// The least cost of a point; `nil` where there is none.
    var optimum: Double? {
        var points: [[Double]] = [[]]
        for range in ranges {
            points = points.flatMap { point in range.map { point + [Double($0)] } }
        }
        return points.filter(isFeasible).map { cost($0) }.min()
    }

    func isFeasible(_ point: [Double]) -> Bool {
        zip(ranges, point).allSatisfy { Double($0.lowerBound) <= $1 && $1 <= Double($0.upperBound) }
            && rows.allSatisfy { row in
                let sum = zip(row.coefficients, point).reduce(0) { $0 + $1.0 * $1.1 }
                return row.lower <= sum && sum <= row.upper
            }
    }

    private func cost(_ point: [Double]) -> Double {
        zip(costs, point).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// A knapsack with a second constraint, easy but not trivial.
    static func knapsack(items: Int, using generator: inout TestGenerator) -> Program {
        var program = Program()
        let variables = (0..<items).map {
            program.addVariable(
                "item \($0)", upper: 1, cost: -Double(Int.random(in: 10...60, using: &generator)),
                isInteger: true)
        }
        for name in ["weight", "size"] {
            program.addRow(
                name, upper: Double(items * 10),
                terms: variables.map {
                    .init(Double(Int.random(in: 10...60, using: &generator)), $0)
                })
        }
        return program
    }

    /// A transportation problem with `size` places at each end.
    static func transport(size: Int, using generator: inout TestGenerator) -> Program {
        var program = Program()
        let routes = (0..<size).map { from in
            (0..<size).map { to in
                program.addVariable(
                    "\(from) to \(to)", cost: Double.random(in: 1...9, using: &generator))
            }
        }
        for place in 0..<size {
            program.addRow(
                "supply \(place)", upper: 12, terms: routes[place].map { .init(1, $0) })
            program.addRow(
                "demand \(place)", lower: 10, terms: routes.map { .init(1, $0[place]) })
        }
        return program
    }

    /// A market split problem (Cornuejols & Dawande 1998, LNCS 1412, 284), out of reach of branch
    /// and bound from five rows on.
    static func marketSplit(rows: Int, using generator: inout TestGenerator) -> Program {
        var program = Program()
        let variables = (0..<(10 * (rows - 1))).map {
            program.addVariable("product \($0)", upper: 1, isInteger: true)
        }
        for row in 0..<rows {
            let demand = variables.map { _ in Double(Int.random(in: 0...99, using: &generator)) }
            let half = (demand.reduce(0, +) / 2).rounded(.down)
            let over = program.addVariable("over \(row)", cost: 1)
            let under = program.addVariable("under \(row)", cost: 1)
            program.addRow(
                "retailer \(row)", equals: half,
                terms: zip(demand, variables).map { .init($0, $1) }
                    + [.init(-1, over), .init(1, under)])
        }
        return program
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014), so that random programs are the same in every run.
struct TestGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
