import Documents
public import GroundSegment
import Tables

/// Reads an assignments.csv, whose texts are guarded (`FormulaGuard`).
public enum AssignmentTableReader {
    /// The rows of the file at `path`.
    ///
    /// - Throws: `IngestionError` with all faults: columns that are missing or there twice, bad
    ///   records, unknown kinds, items that come twice and pairs of one SDC.
    public static func read(_ path: String) throws(IngestionError) -> AssignmentTable {
        var faults: [Diagnostic] = []
        var rows: [AssignmentTable.Row] = []
        do throws(TableError) {
            rows = try Self.rows(path, faults: &faults)
        } catch {
            faults.append(Diagnostic(error))
        }
        guard faults.isEmpty else { throw IngestionError(.noAssignments, faults) }
        return AssignmentTable(rows: rows)
    }

    private static func rows(
        _ path: String, faults: inout [Diagnostic]
    ) throws(TableError) -> [AssignmentTable.Row] {
        var table = try TableReader(path: path)
        guard let columns = columns(of: table, at: path, faults: &faults) else { return [] }
        var rows: [AssignmentTable.Row] = []
        var row = TableRow()
        var seen: Set<ItemID> = []
        while try next(&row, of: &table, faults: &faults) {
            let entry = columns.entry(row, at: path, seen: &seen, faults: &faults)
            if let entry { rows.append(entry) }
        }
        return rows
    }

    private static func columns(
        of table: borrowing TableReader, at path: String, faults: inout [Diagnostic]
    ) -> Columns? {
        let line = Diagnostic.Place.line(table.headerLine)
        for name in ["kind", "id", "primary", "secondary", "bucket"] {
            let count = table.places(of: name).count
            guard count > 1 else { continue }
            faults.append(
                Diagnostic(
                    file: path, place: line, field: name,
                    found: "\(count) columns of that name", expected: "one"))
        }
        guard faults.isEmpty else { return nil }
        guard let kind = table.index(of: "kind"), let id = table.index(of: "id"),
            let primary = table.index(of: "primary"), let secondary = table.index(of: "secondary")
        else {
            let names = table.columns.map(\.name).joined(separator: ", ")
            faults.append(
                Diagnostic(
                    file: path, place: line, found: "columns \(names)",
                    expected: "kind, id, primary and secondary"))
            return nil
        }
        return Columns(
            kind: kind, id: id, primary: primary, secondary: secondary,
            bucket: table.index(of: "bucket"))
    }

    /// Reads the next good record; bad ones are noted.
    private static func next(
        _ row: inout TableRow, of table: inout TableReader, faults: inout [Diagnostic]
    ) throws(TableError) -> Bool {
        while true {
            do throws(TableError) {
                return try table.next(&row)
            } catch  where error.code == .badRecord {
                faults.append(Diagnostic(error))
            }
        }
    }
}

/// Where a table has what a row needs.
private struct Columns {
    let kind: Int
    let id: Int
    let primary: Int
    let secondary: Int
    let bucket: Int?

    /// What a record says; `nil` where it names no item.
    func entry(
        _ row: TableRow, at path: String, seen: inout Set<ItemID>, faults: inout [Diagnostic]
    ) -> AssignmentTable.Row? {
        func text(_ column: Int) -> String { FormulaGuard.unguarded(row.text(column)) }
        func fault(_ field: String, found: String, expected: String) {
            faults.append(
                Diagnostic(
                    file: path, place: .line(row.line), field: field, found: found,
                    expected: expected))
        }
        let item: ItemID
        do { item = try ItemID(kind: row.text(kind), id: text(id)) } catch {
            fault("kind", found: error.found, expected: "observation or tile")
            return nil
        }
        if !seen.insert(item).inserted {
            fault("id", found: "\(item) a second time", expected: "each once")
        }
        do throws(SameSDCError) {
            let pair = try Assignment(validating: ID(text(primary)), ID(text(secondary)))
            return AssignmentTable.Row(
                item: item, assignment: pair, bucket: bucket.map(row.text) ?? "")
        } catch {
            fault("secondary", found: "\(error.sdc) twice", expected: "two SDCs")
            return nil
        }
    }
}

extension Diagnostic {
    fileprivate init(_ failure: TableError) {
        self.init(
            file: failure.path, place: failure.line.map { .line($0) }, found: failure.found,
            expected: failure.expected)
    }
}
