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
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }[...]
        let names = lines.popFirst()?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
        guard let ra = names.firstIndex(of: "ra"), let dec = names.firstIndex(of: "dec") else {
            throw .badRequest("line 1: expected a line of names with ra and dec")
        }
        var positions: [SkyPosition] = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == names.count, let ra = Parameter.plainNumber(fields[ra]),
                let dec = Parameter.plainNumber(fields[dec]), let position = position(ra, dec)
            else {
                throw .badRequest("line \(index + 2): expected ra and dec in degrees")
            }
            positions.append(position)
            guard positions.count <= limit else { break }
        }
        return positions
    }

    private static func position(_ ra: Double, _ dec: Double) -> SkyPosition? {
        guard (-360...360).contains(ra), (-90...90).contains(dec) else { return nil }
        return SkyPosition(ra: ra, dec: dec)
    }
}
