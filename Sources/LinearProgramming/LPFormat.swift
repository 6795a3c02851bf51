/// Writes a program in CPLEX LP format, which GLPK, HiGHS, CBC, SCIP, CPLEX and Gurobi read.
///
/// Names are kept readable.  The format has no `-` in names, and not all readers take a `/`, so
/// that `capacity/SDC-FR/2027-01-18` is written `capacity.SDC_FR.2027_01_18`: `/` as `.` and `-`
/// as `_`.  Every other character but letters and digits of ASCII is written as `~` and two
/// hexadecimal digits for each byte of its UTF-8, `.`, `_` and `~` of a name too, so that no two
/// names become one.  The same is done to a first character that the format would take for a
/// number or for a key word.  A name that is too long or taken ends in `~~` and its number.
/// A comment before each row and each variable's bounds gives the name as it was.
///
/// The format knows rows with one bound only: a row with two different ones is written twice, as
/// `NAME~least` and `NAME~most`; one without a bound is a comment.  GLPK wants at least one row:
/// `~none`, which always holds, where there is no other.
public struct LPFormat {
    private let program: Program
    private let columns: [String]
    private let rows: [String]

    public init(_ program: Program) {
        self.program = program
        columns = LPNames.unique(program.variables.map(\.name))
        rows = LPNames.unique(program.rows.map(\.name))
    }

    /// The whole file.
    ///
    /// - Parameter title: a line on what the program is about.
    public func text(title: String) -> String {
        var lines = [
            comment(title), comment("In names / is written ., - is written _, and others ~XX."),
            "Minimize",
        ]
        lines += sum("cost:", objective, then: "")
        lines.append("Subject To")
        for (row, name) in zip(program.rows, rows) { lines += written(row, name) }
        if !program.rows.contains(where: { $0.lower.isFinite || $0.upper.isFinite }) {
            lines += sum("\(LPNames.none):", [], then: " = 0")
        }
        lines.append("Bounds")
        for (column, name) in zip(program.variables, columns) {
            lines += [comment(column.name), " " + bounds(column, name)]
        }
        if program.variables.isEmpty { lines.append(" \(LPNames.none) = 0") }
        let integers = zip(program.variables, columns).filter(\.0.isInteger)
        if !integers.isEmpty { lines.append("General") }
        lines += integers.map { " \($0.1)" }
        return lines.joined(separator: "\n") + "\nEnd\n"
    }

    /// All costs but 0, and the variables of no row, which would not exist otherwise.
    private var objective: [(Double, String)] {
        var inRow = [Bool](repeating: false, count: columns.count)
        for row in program.rows {
            for term in row.terms { inRow[term.variable.index] = true }
        }
        return program.variables.indices.compactMap { index in
            let cost = program.variables[index].cost
            return cost != 0 || !inRow[index] ? (cost, columns[index]) : nil
        }
    }

    private func written(_ row: Program.Row, _ name: String) -> [String] {
        let terms = row.terms.map { ($0.coefficient, columns[$0.variable.index]) }
        let head = comment(row.name)
        switch (row.lower.isFinite, row.upper.isFinite) {
        case (true, true) where row.lower == row.upper:
            return [head] + sum("\(name):", terms, then: " = \(row.lower)")
        case (true, true):
            return [head] + sum("\(name)~least:", terms, then: " >= \(row.lower)")
                + sum("\(name)~most:", terms, then: " <= \(row.upper)")
        case (true, false): return [head] + sum("\(name):", terms, then: " >= \(row.lower)")
        case (false, true): return [head] + sum("\(name):", terms, then: " <= \(row.upper)")
        case (false, false): return [head + " has no bound"]
        }
    }

    /// A sum in lines of moderate length; the format wants at least one summand.
    private func sum(_ label: String, _ terms: [(Double, String)], then end: String) -> [String] {
        var lines: [String] = []
        var line = " \(label)"
        for (coefficient, name) in terms.isEmpty ? [(0, columns.first ?? LPNames.none)] : terms {
            let sign = coefficient < 0 ? "-" : "+"
            let term = " \(sign) \(abs(coefficient)) \(name)"
            if line.utf8.count + term.utf8.count > 100 {
                lines.append(line)
                line = "  "
            }
            line += term
        }
        return lines + [line + end]
    }

    private func bounds(_ column: Program.Column, _ name: String) -> String {
        switch (column.lower.isFinite, column.upper.isFinite) {
        case (true, true) where column.lower == column.upper: "\(name) = \(column.lower)"
        case (true, true): "\(column.lower) <= \(name) <= \(column.upper)"
        case (true, false): "\(name) >= \(column.lower)"
        case (false, true): "-inf <= \(name) <= \(column.upper)"
        case (false, false): "\(name) free"
        }
    }

    private func comment(_ text: String) -> String {
        let printable = text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }
        return "\\ " + String(String.UnicodeScalarView(printable))
    }
}
