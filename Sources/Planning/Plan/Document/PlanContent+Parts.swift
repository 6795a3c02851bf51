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

    /// Whether the number at a path is whole: counts, and places in lists.
    private static func isWhole(_ path: [String]) -> Bool {
        guard let name = path.last(where: { !$0.hasPrefix("[") }) else { return false }
        switch path[0] {
        case "search": return ["seed", "steps", "stepsAsked"].contains(name)
        case "observations": return name == "bucket"
        case "tiles": return ["bucket", "observations"].contains(name)
        case "measures":
            return [
                "observations", "tiles", "overlaps", "copies", "failoverCopies", "freeAssignments",
            ].contains(name)
        default: return false
        }
    }

    /// What kept decoders from reading encoded content.
    static func faults(of bytes: Data, _ errors: [(any Error)?]) -> [PlanFault] {
        let search = JSONFaultSearch(bytes, isWhole: isWhole)
        // A decoder says nothing of where a number is too large or a text is no JSON.
        let told = errors.compactMap { $0 }.filter {
            !PlanFault.isSilent($0) || search.faults.isEmpty
        }
        var faults: [PlanFault] = []
        for fault in search.faults.prefix(PlanCheck.limit) + told.map(PlanFault.init)
        where !faults.contains(fault) {
            faults.append(fault)
        }
        return faults
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
