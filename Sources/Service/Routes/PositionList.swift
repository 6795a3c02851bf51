import Foundation
import SkyGeometry

/// Many positions as a client sends them: CSV with the columns ra and dec, or JSON.
enum PositionList {
    private struct Document: Decodable {
        let positions: [[Double]]
    }

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

    private static func csv(_ bytes: some Collection<UInt8>, limit: Int) throws(Problem)
        -> [SkyPosition]
    {
        // The names, the positions, one too many, and the rest in one piece.
        var lines = Array(bytes).split(
            separator: UInt8(ascii: "\n"), maxSplits: limit + 2,
            omittingEmptySubsequences: false)[...]
        let names = fields(lines.popFirst() ?? [])
            .map { String(decoding: $0.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self) }
        guard let ra = names.firstIndex(of: "ra"), let dec = names.firstIndex(of: "dec") else {
            throw .badRequest("line 1: expected a line of names with ra and dec")
        }
        var positions: [SkyPosition] = []
        for (index, line) in lines.enumerated() {
            let fields = fields(line)
            if fields.count == 1, fields[0].isEmpty { continue }
            guard fields.count == names.count, let ra = number(fields[ra]),
                let dec = number(fields[dec]), let position = position(ra, dec)
            else {
                throw .badRequest("line \(index + 2): expected ra and dec in degrees")
            }
            positions.append(position)
            guard positions.count <= limit else { break }
        }
        return positions
    }

    /// The fields of a line, which may end with a carriage return.
    private static func fields(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        (line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            .split(separator: UInt8(ascii: ","), maxSplits: 255, omittingEmptySubsequences: false)
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Double? {
        Parameter.plainNumber(String(decoding: field, as: UTF8.self))
    }

    private static func position(_ ra: Double, _ dec: Double) -> SkyPosition? {
        guard (-360...360).contains(ra), (-90...90).contains(dec) else { return nil }
        return SkyPosition(ra: ra, dec: dec)
    }
}
