/// A FITS file of one binary table with one column of 64-bit integers, as MOC 2.0 wants it.
///
/// FITS 4.0 (Pence et al. 2010, A&A 524, A42, and its revision of 2018), sections 3, 4 and 7.3:
/// an empty primary array, then the BINTABLE extension, each in blocks of 2,880 bytes, integers
/// with their most significant byte first.
struct CoverageTable {
    /// The name of the column: `UNIQ` or `RANGE`.
    let column: String
    /// Keywords of the extension with their values and comments, as they are to be written.
    let keywords: [(name: String, value: Value, comment: String)]
    let numbers: [UInt64]

    enum Value {
        case text(String)
        case integer(Int)
    }

    private static let block = 2880

    /// The bytes of the file.
    var bytes: [UInt8] {
        var file: [UInt8] = []
        let primary = [
            "SIMPLE  =                    T / conforms to FITS standard",
            Self.card("BITPIX", .integer(8), "array data type"),
            Self.card("NAXIS", .integer(0), "number of array dimensions"),
            "EXTEND  =                    T",
        ]
        Self.append(cards: primary, to: &file)
        Self.append(cards: extensionCards, to: &file)
        file.reserveCapacity(file.count + 8 * numbers.count + Self.block)
        for number in numbers {
            withUnsafeBytes(of: number.bigEndian) { file.append(contentsOf: $0) }
        }
        Self.pad(&file, with: 0)
        return file
    }

    private var extensionCards: [String] {
        let layout = [
            Self.card("XTENSION", .text("BINTABLE"), "binary table extension"),
            Self.card("BITPIX", .integer(8), "array data type"),
            Self.card("NAXIS", .integer(2), "number of array dimensions"),
            Self.card("NAXIS1", .integer(8), "bytes of a row"),
            Self.card("NAXIS2", .integer(numbers.count), "number of rows"),
            Self.card("PCOUNT", .integer(0), "number of group parameters"),
            Self.card("GCOUNT", .integer(1), "number of groups"),
            Self.card("TFIELDS", .integer(1), "number of table fields"),
            Self.card("TTYPE1", .text(column), "name of the column"),
            Self.card("TFORM1", .text("1K"), "64-bit integers"),
        ]
        return layout + keywords.map { Self.card($0.name, $0.value, $0.comment) }
    }

    private static func card(_ name: String, _ value: Value, _ comment: String) -> String {
        let text =
            switch value {
            case .text(let text): padded("'" + padded(text, to: 8) + "'", to: 20)
            case .integer(let number):
                String(repeating: " ", count: 20 - "\(number)".count) + "\(number)"
            }
        return padded(name, to: 8) + "= " + text + " / " + comment
    }

    private static func append(cards: [String], to file: inout [UInt8]) {
        for card in cards + ["END"] {
            precondition(card.utf8.count <= 80, "a FITS card is longer than 80 bytes: \(card)")
            file.append(contentsOf: padded(card, to: 80).utf8)
        }
        pad(&file, with: UInt8(ascii: " "))
    }

    private static func padded(_ text: String, to length: Int) -> String {
        text + String(repeating: " ", count: max(0, length - text.utf8.count))
    }

    private static func pad(_ file: inout [UInt8], with byte: UInt8) {
        let rest = file.count % block
        if rest > 0 { file.append(contentsOf: repeatElement(byte, count: block - rest)) }
    }
}
