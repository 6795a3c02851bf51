public import Foundation
public import GroundSegment
import SkyCoverage

/// The part of the sky that each SDC owns as primary, as coverage maps (IVOA MOC 2.0) that share
/// no cell: a cell belongs to the owner of the tile that holds its centre.
public enum PlanCoverages {
    /// HEALPix order of the maps, whose cells measure 3.4'.
    public static let order = 10

    /// The map of each SDC of `distribution`, in its order.
    static func maps(_ distribution: Distribution) -> [SkyCoverage] {
        let owned = Dictionary(grouping: distribution.tiles, by: \.assignment.primary)
        return SkyCoverage.partition(
            order: order,
            owners: distribution.sdcs.map { sdc in
                (owned[sdc.id] ?? []).map { entry in
                    switch entry.tile.core {
                    case .box(let box): .box(box)
                    case .polygon(let polygon): .polygon(polygon)
                    }
                }
            })
    }

    /// `coverage-SDC-FR.fits` and `coverage-SDC-FR.json` for each SDC of `distribution`.
    public static func files(_ distribution: Distribution) -> [(name: String, bytes: Data)] {
        zip(distribution.sdcs, maps(distribution)).flatMap { sdc, map in
            let name = prefix + fileName(sdc.id)
            return [
                (name: name + ".fits", bytes: Data(map.fits())),
                (name: name + ".json", bytes: Data((map.json() + "\n").utf8)),
            ]
        }
    }

    /// Whether a file of a run's folder is one of these, of whatever SDC.
    public static func isCoverage(_ name: String) -> Bool {
        name.hasPrefix(prefix) && (name.hasSuffix(".fits") || name.hasSuffix(".json"))
    }

    private static let prefix = "coverage-"

    /// An SDC's identifier as part of a file's name: letters, digits, hyphen, dot and underscore
    /// stand for themselves, each other byte as % and two hexadecimal digits.
    static func fileName(_ sdc: ID<SDC>) -> String {
        sdc.text.utf8.map { byte -> String in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                return String(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                return "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }.joined()
    }
}
