import Markup
import Reporting

extension Cell {
    /// Degrees to five decimals, which are 36 milliarcseconds, in every row.
    static func degrees(_ value: Double) -> Cell { .number(NumberText.grouped(value, 5)) }

    /// A number with thousands set apart and the same decimals in every row.
    static func grouped(_ value: Double, _ digits: Int = 0) -> Cell {
        .number(NumberText.grouped(value, digits))
    }

    /// A count with thousands set apart.
    static func count(_ value: Int) -> Cell { .number(NumberText.grouped(value)) }
}
