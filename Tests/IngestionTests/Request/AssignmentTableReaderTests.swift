import Foundation
import GroundSegment
import Ingestion
import Testing

@Suite("Assignment tables")
struct AssignmentTableReaderTests {
    private func read(_ text: String) throws -> AssignmentTable {
        let file = FileManager.default.temporaryDirectory.appending(
            path: UUID().uuidString + ".csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        return try AssignmentTableReader.read(file.path)
    }

    /// The faults of a table, without the file's name.
    private func faults(_ text: String) throws -> [String] {
        let error = try #require(throws: IngestionError.self) { try read(text) }
        return error.diagnostics.map { fault in
            String(fault.description.dropFirst(fault.file.count))
        }
    }

    @Test("rows have items, pairs and buckets, with or without a bucket's column")
    func rows() throws {
        let pair = Assignment(primary: "A", secondary: "B")
        let table = try read(
            "kind,id,primary,secondary,bucket\nobservation,7,A,B,2027-01-04\ntile,'-1,A,B,\n")
        #expect(
            table.rows == [
                AssignmentTable.Row(
                    item: .observation("7"), assignment: pair, bucket: "2027-01-04"),
                AssignmentTable.Row(item: .tile("-1"), assignment: pair),
            ])
        #expect(try read("secondary,id,primary,kind\nB,7,A,tile\n").rows.first?.item == .tile("7"))
        #expect(table.byItem[.tile("-1")]?.assignment == pair)
    }

    @Test("all faults are told with line and field")
    func records() throws {
        let found = try faults(
            """
            kind,id,primary,secondary
            star,1,A,B
            tile,2,A,A
            tile,2,A,B
            tile,3
            tile,4,A,B

            """)
        #expect(
            found == [
                ":2: kind: found star, expected observation or tile",
                ":3: secondary: found A twice, expected two SDCs",
                ":4: id: found tile 2 a second time, expected each once",
                ":5: found 2 fields, expected 4",
            ])
    }

    @Test("columns that are missing or there twice are named")
    func columns() throws {
        #expect(
            try faults("kind,id,primary\ntile,1,A\n") == [
                ":1: found columns kind, id, primary, expected kind, id, primary and secondary"
            ])
        #expect(
            try faults("kind,id,primary,secondary,id\ntile,1,A,B,2\n") == [
                ":1: id: found 2 columns of that name, expected one"
            ])
    }
}
