import Foundation

extension PlanContent {
    /// The tiles of encoded content.
    ///
    /// - Throws: `DecodingError`.
    static func tiles(of bytes: Data) throws -> TileList {
        struct Part: Decodable {
            let tiles: TileList
        }
        return try JSONDecoder().decode(Part.self, from: bytes).tiles
    }

    /// Encoded content with an empty list of tiles, whatever their list holds.
    ///
    /// - Throws: `DecodingError`.
    static func allButTiles(of bytes: Data) throws -> PlanContent {
        let decoder = JSONDecoder()
        if let key = TileList.key { decoder.userInfo[key] = true }
        return try decoder.decode(PlanContent.self, from: bytes)
    }
}

extension PlanContent.TileList {
    /// Set where a decoder leaves the tiles out.
    static let key = CodingUserInfoKey(rawValue: "tiles are left out")

    init(from decoder: any Decoder) throws {
        let isLeftOut = Self.key.flatMap { decoder.userInfo[$0] } != nil
        tiles =
            isLeftOut
            ? [] : try decoder.singleValueContainer().decode([PlanContent.TileContent].self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(tiles)
    }
}
