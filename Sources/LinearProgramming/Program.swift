/// A linear or mixed-integer program: minimise cost over bounded variables and rows.
///
/// It is data only; a `Solver` solves it.  Names are for people who read the written model.
public struct Program: Sendable {
    public private(set) var variables: [Column] = []
    public private(set) var rows: [Row] = []

    public init() {}

    /// A variable of a program, by its place in it.
    public struct Variable: Hashable, Sendable {
        public let index: Int
    }

    /// A variable's definition.
    public struct Column: Sendable {
        public let name: String
        /// -infinity where it has none.
        public let lower: Double
        /// +infinity where it has none.
        public let upper: Double
        /// Objective coefficient.
        public let cost: Double
        public let isInteger: Bool
    }

    /// One summand of a row.
    public struct Term: Sendable {
        public let variable: Variable
        public let coefficient: Double

        public init(_ coefficient: Double, _ variable: Variable) {
            self.coefficient = coefficient
            self.variable = variable
        }
    }

    /// A constraint: lower <= sum of terms <= upper.
    public struct Row: Sendable {
        public let name: String
        public let lower: Double
        public let upper: Double
        public let terms: [Term]
    }

    /// Adds a variable and returns its handle.
    public mutating func addVariable(
        _ name: String, lower: Double = 0, upper: Double = .infinity, cost: Double = 0,
        isInteger: Bool = false
    ) -> Variable {
        variables.append(
            Column(name: name, lower: lower, upper: upper, cost: cost, isInteger: isInteger))
        return Variable(index: variables.count - 1)
    }

    /// Adds the row lower <= terms <= upper; an infinite side does not bind.
    public mutating func addRow(
        _ name: String, lower: Double = -.infinity, upper: Double = .infinity, terms: [Term]
    ) {
        rows.append(Row(name: name, lower: lower, upper: upper, terms: terms))
    }

    /// Adds the row terms = value.
    public mutating func addRow(_ name: String, equals value: Double, terms: [Term]) {
        addRow(name, lower: value, upper: value, terms: terms)
    }

    /// Adds the variables and rows of another program, which stay independent of those at hand.
    public mutating func append(_ other: Program) {
        let offset = variables.count
        variables += other.variables
        rows += other.rows.map { row in
            Row(
                name: row.name, lower: row.lower, upper: row.upper,
                terms: row.terms.map {
                    Term($0.coefficient, Variable(index: offset + $0.variable.index))
                })
        }
    }

    /// How many terms the rows have: the entries of the matrix.
    public var termCount: Int { rows.reduce(0) { $0 + $1.terms.count } }

    /// Checks what solvers do not: GLPK aborts the process on duplicate or wrong indices, and
    /// calls a program with a NaN "optimal".
    func validate() throws(SolverError) {
        for column in variables {
            guard column.cost.isFinite else { throw .notFinite("cost of \(column.name)") }
            guard column.lower <= column.upper, column.lower < .infinity, column.upper > -.infinity
            else { throw .crossedBounds(column.name) }
        }
        var seen = [Int](repeating: -1, count: variables.count)
        for (number, row) in rows.enumerated() {
            guard row.lower <= row.upper, row.lower < .infinity, row.upper > -.infinity else {
                throw .crossedBounds(row.name)
            }
            for term in row.terms {
                guard variables.indices.contains(term.variable.index) else {
                    throw .unknownVariable(row.name)
                }
                guard term.coefficient.isFinite else {
                    throw .notFinite("coefficient in \(row.name)")
                }
                guard seen[term.variable.index] != number else {
                    throw .duplicateTerm("\(variables[term.variable.index].name) in \(row.name)")
                }
                seen[term.variable.index] = number
            }
        }
    }
}
