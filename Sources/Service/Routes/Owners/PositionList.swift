import Documents
import Foundation
import SkyGeometry
import Tables
import WebService

/// Many positions as a client sends them: CSV with the columns ra and dec, or JSON.
enum PositionList {
    private struct Document: Decodable {
        let positions: [[Double]]
    }

    /// The body as the interface's description tells of it.
    static let body: JSONValue = [
        "required": true,
        "content": [
            "application/json": [
                "schema": [
                    "type": "object", "required": ["positions"],
                    "properties": [
                        "positions": [
                            "type": "array",
                            "items": [
                                "type": "array", "minItems": 2, "maxItems": 2,
                                "prefixItems": [
                                    ["type": "number", "minimum": -360, "maximum": 360],
                                    ["type": "number", "minimum": -90, "maximum": 90],
                                ],
                                "items": ["type": "number", "minimum": -90, "maximum": 90],
                            ],
                        ]
                    ],
                ]
            ],
            "text/csv": [
                "schema": ["type": "string", "pattern": .text(lines)],
                "example": "ra,dec\n28.29,-22.5\n",
            ],
        ],
    ]

    /// A line of names and lines of numbers; columns may also have another order, and be more.
    private static let lines =
        "^ra,dec(\\n([0-9]{1,2}|[12][0-9]{2})(\\.[0-9]{1,9})?,-?[0-8]?[0-9](\\.[0-9]{1,9})?)*\\n?$"

    /// The positions of a request's body, in its order.
    ///
    /// - Throws: `Problem` that names the first place that is wrong.
    static func read(_ bytes: some Collection<UInt8>, mediaType: String?, limit: Int)
        throws(Problem) -> [SkyPosition]
    {
        let isJSON = mediaType?.hasPrefix("application/json") == true
        guard isJSON || mediaType?.hasPrefix("text/csv") == true else {
            throw Problem(
                status: .unsupportedMediaType,
                detail: "expected a body of text/csv or application/json")
        }
        let positions = isJSON ? try json(Data(bytes)) : try csv(bytes, limit: limit)
        guard positions.count <= limit else {
            throw Problem(
                status: .contentTooLarge,
                detail: "found \(positions.count) positions, expected at most \(limit)")
        }
        return positions
    }

    private static func json(_ data: Data) throws(Problem) -> [SkyPosition] {
        guard let document = try? JSONDecoder().decode(Document.self, from: data) else {
            throw .badRequest("expected {\"positions\": [[ra, dec], ...]} in degrees")
        }
        var positions: [SkyPosition] = []
        for (index, pair) in document.positions.enumerated() {
            guard pair.count == 2, let position = position(pair[0], pair[1]) else {
                throw .badRequest("position \(index): expected [ra, dec] in degrees")
            }
            positions.append(position)
        }
        return positions
    }

    /// Reads CSV as all tables are read; one more than `limit` at most.
    private static func csv(_ bytes: some Collection<UInt8>, limit: Int) throws(Problem)
        -> [SkyPosition]
    {
        do throws(TableError) {
            var table = try TableReader(bytes, name: "body")
            let ra = try column("ra", of: table)
            let dec = try column("dec", of: table)
            var positions: [SkyPosition] = []
            var row = TableRow()
            while positions.count <= limit, try table.next(&row) {
                guard let first = row.double(ra.place), let second = row.double(dec.place),
                    let position = position(ra.unit.degrees(first), dec.unit.degrees(second))
                else {
                    throw TableError(line: row.line, expected: "ra and dec in degrees")
                }
                positions.append(position)
            }
            return positions
        } catch {
            throw .badRequest(detail(error))
        }
    }

    /// Where the one column of a name is, and its unit.
    private static func column(
        _ name: String, of table: borrowing TableReader
    ) throws(TableError) -> (place: Int, unit: AngleUnit) {
        let places = table.places(of: name)
        guard let place = places.first, places.count == 1 else {
            let found = places.isEmpty ? nil : "\(places.count) columns \(name)"
            throw TableError(
                line: table.headerLine, found: found,
                expected: "a line of names with ra and dec, each once")
        }
        let name = table.columns[place].unit
        guard let unit = name.isEmpty ? .degree : AngleUnit(name) else {
            throw TableError(
                line: table.headerLine, found: "unit \"\(name)\"",
                expected: AngleUnit.expectation)
        }
        return (place, unit)
    }

    private static func detail(_ failure: TableError) -> String {
        if failure.found == "an empty file" {
            return "line 1: expected a line of names with ra and dec"
        }
        let line = failure.line.map { "line \($0): " } ?? ""
        let found = failure.found.isEmpty ? "" : "found \(failure.found), "
        return line + found + "expected " + failure.expected
    }

    private static func position(_ ra: Double, _ dec: Double) -> SkyPosition? {
        guard (-360...360).contains(ra), (-90...90).contains(dec) else { return nil }
        return SkyPosition(ra: ra, dec: dec)
    }
}

extension TableError {
    /// A fault of a body; without `found` where the line says enough.
    fileprivate init(line: Int, found: String? = nil, expected: String) {
        self.init(.badRecord, path: "body", line: line, found: found ?? "", expected: expected)
    }
}
