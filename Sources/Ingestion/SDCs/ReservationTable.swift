import Documents
import GroundSegment
import Tables

/// Reads what others use of SDCs: a CSV or ECSV with `sdc,start,end,work,volume`.
///
/// Spans of one SDC may overlap: they count together, as those of two surveys do.
struct ReservationTable {
    private static let names = ["sdc", "start", "end", "work", "volume"]

    private let faults: FaultLog
    private let known: [ID<SDC>]
    /// The place of each column, in the order of `names`.
    private var places: [Int] = []

    /// The reservations of the table at `path` by SDC; `nil` with faults where it has any.
    ///
    /// - Parameter known: the SDCs that there are.
    static func read(
        _ path: String, sdcs known: [ID<SDC>], faults: FaultLog
    ) -> [ID<SDC>: [Reservation]]? {
        var reader = ReservationTable(faults: faults, known: known)
        var found: [ID<SDC>: [Reservation]] = [:]
        do throws(TableError) {
            var table = try TableReader(path: path)
            guard reader.find(in: table) else { return nil }
            var row = TableRow()
            while try reader.next(&row, of: &table) {
                if let (sdc, entry) = reader.entry(row) { found[sdc, default: []].append(entry) }
            }
        } catch {
            faults.add(line: error.line, found: error.found, expected: error.expected)
        }
        return faults.isEmpty ? found : nil
    }

    private init(faults: FaultLog, known: [ID<SDC>]) {
        self.faults = faults
        self.known = known
    }

    private mutating func find(in table: borrowing TableReader) -> Bool {
        for name in Self.names {
            let found = table.places(of: name)
            if found.count == 1 {
                places.append(found[0])
            } else {
                faults.add(
                    line: table.headerLine, field: name,
                    found: found.isEmpty
                        ? "no column of that name" : "\(found.count) columns of that name",
                    expected: "one; the columns are \(Self.names.joined(separator: ","))")
            }
        }
        return places.count == Self.names.count
    }

    /// Reads the next good record; bad ones are noted.
    private func next(
        _ row: inout TableRow, of table: inout TableReader
    ) throws(TableError) -> Bool {
        while true {
            do throws(TableError) {
                return try table.next(&row)
            } catch  where error.code == .badRecord {
                faults.add(line: error.line, found: error.found, expected: error.expected)
            }
        }
    }

    private func entry(_ row: TableRow) -> (ID<SDC>, Reservation)? {
        let id = ID<SDC>(FormulaGuard.unguarded(row.text(places[0])))
        let start = instant(row, 1)
        let end = instant(row, 2)
        let work = number(row, 3, .reservedWork)
        let volume = number(row, 4, .used)
        guard known.contains(id) else {
            let names = known.map(\.text)
            let list = names.joined(separator: ", ")
            let nearest = Spelling.nearest(to: id.text, in: names)
            fault(
                row, 0, found: "\"\(id)\", which is no SDC",
                expected: nearest.map { "\($0) (or another of: \(list))" } ?? "one of: \(list)")
            return nil
        }
        guard let start, let end, let work, let volume else { return nil }
        guard start < end else {
            fault(
                row, 2, found: row.text(places[2]), expected: "an instant after the start, \(start)"
            )
            return nil
        }
        return (
            id,
            Reservation(
                window: TimeWindow(start: start, end: end), work: CoreHours(work),
                volume: Terabytes(volume))
        )
    }

    private func instant(_ row: TableRow, _ column: Int) -> MJD? {
        let text = row.text(places[column])
        guard let time = MJD(iso8601: text), TimeLimits.contains(time) else {
            fault(
                row, column, found: "\"\(text)\"",
                expected: "an ISO 8601 date of \(TimeLimits.years)")
            return nil
        }
        return time
    }

    private func number(_ row: TableRow, _ column: Int, _ range: NumberRange) -> Double? {
        let text = row.text(places[column])
        guard let number = PlainText.decimal(text), range.contains(number) else {
            fault(row, column, found: "\"\(text)\"", expected: range.text)
            return nil
        }
        return number
    }

    private func fault(_ row: TableRow, _ column: Int, found: String, expected: String) {
        faults.add(
            line: row.line, field: Self.names[column], found: found, expected: expected)
    }
}
