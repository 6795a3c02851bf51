import Commands
import GroundSegment
import Planning
import Tables

/// Reads an assignments.csv, whose texts are guarded (`FormulaGuard`).
enum AssignmentTable {
    /// The rows of the file at `path`, or the end of the command with all its faults.
    static func read(_ path: String) throws -> [AssignmentRow] {
        var rows: [AssignmentRow] = []
        var faults: [String] = []
        do {
            var table = try TableReader(path: path)
            for name in ["kind", "id", "primary", "secondary", "bucket"] {
                let count = table.places(of: name).count
                guard count > 1 else { continue }
                faults.append(
                    "\(path):\(table.headerLine): \(name): found \(count) columns of that name,"
                        + " expected one")
            }
            guard faults.isEmpty else { throw CommandError(.badInput, lines: faults) }
            let places = ["kind", "id", "primary", "secondary"].map { table.index(of: $0) }
            guard let kind = places[0], let id = places[1], let primary = places[2],
                let secondary = places[3]
            else {
                throw CommandError(
                    .badInput,
                    "\(path):\(table.headerLine): found columns"
                        + " \(table.columns.map(\.name).joined(separator: ", ")), expected kind,"
                        + " id, primary and secondary")
            }
            let bucket = table.index(of: "bucket")
            var row = TableRow()
            var seen: Set<ItemID> = []
            while try next(&row, of: &table, faults: &faults) {
                func text(_ column: Int) -> String { FormulaGuard.unguarded(row.text(column)) }
                let item: ItemID
                do { item = try ItemID(kind: row.text(kind), id: text(id)) } catch {
                    faults.append(
                        "\(path):\(row.line): kind: found \(error.found), expected observation"
                            + " or tile")
                    continue
                }
                if !seen.insert(item).inserted {
                    faults.append(
                        "\(path):\(row.line): id: found \(item) a second time, expected each once")
                }
                do throws(SameSDCError) {
                    let pair = try Assignment(
                        validating: ID(text(primary)), ID(text(secondary)))
                    rows.append(
                        AssignmentRow(
                            item: item, assignment: pair, bucket: bucket.map(row.text) ?? ""))
                } catch {
                    faults.append(
                        "\(path):\(row.line): secondary: found \(error.sdc) twice, expected"
                            + " two SDCs")
                }
            }
        } catch let error as TableError {
            faults.append(error.description)
        }
        guard faults.isEmpty else { throw CommandError(.badInput, lines: faults) }
        return rows
    }

    /// Reads the next good record; bad ones are noted.
    private static func next(
        _ row: inout TableRow, of table: inout TableReader, faults: inout [String]
    ) throws(TableError) -> Bool {
        while true {
            do throws(TableError) {
                return try table.next(&row)
            } catch  where error.code == .badRecord {
                faults.append(error.description)
            }
        }
    }
}
