import SkyGeometry
import WebService

/// A position on the sky as people paste it: `28.29 -22.5`, `01:53:09.6 -22:30:00`,
/// `1h53m9.6s, -22d30m`, `RA=28.29° Dec=−22.5°`, `J015309.6-223000`; ICRS.
///
/// A right ascension of more than one number, or with the unit h, is in hours; all else is in degrees.
enum PastedPosition {
    /// Why a text is no position.
    struct Unreadable: Error, Hashable {
        /// What is wrong with it.
        let reason: String
    }

    static let expectation =
        "a right ascension and a declination, as 28.29 -22.5, 01:53:09.6 -22:30:00 or "
        + "1h53m9.6s -22d30m"

    /// The longest text that is looked at, in characters.
    private static let longest = 120

    /// - Throws: `Unreadable`.
    static func read(_ text: String) throws(Unreadable) -> SkyPosition {
        guard text.count <= longest else { throw Unreadable(reason: "it is too long") }
        let words = try PositionWords(text)
        let (first, second) = try words.halves()
        let ra = try value(first, "right ascension", degrees: -360...360, takesHours: true)
        let dec = try value(second, "declination", degrees: -90...90, takesHours: false)
        return SkyPosition(ra: ra, dec: dec)
    }

    /// The degrees of one coordinate.
    private static func value(
        _ parts: [PositionWords.Number], _ name: String, degrees: ClosedRange<Double>,
        takesHours: Bool
    ) throws(Unreadable) -> Double {
        guard let first = parts.first else { throw Unreadable(reason: "the \(name) is missing") }
        guard parts.count <= 3 else {
            throw Unreadable(reason: "the \(name) has \(parts.count) numbers, expected at most 3")
        }
        let isHours = first.unit == "h" || takesHours && parts.count > 1 && first.unit == nil
        guard takesHours || !isHours else {
            throw Unreadable(reason: "the declination is in hours, expected degrees")
        }
        try checkUnits(parts, name, first: isHours ? "h" : "d")
        for (part, word) in zip(parts.dropFirst(), ["minutes", "seconds"]) {
            guard part.value < 60, !part.hasSign else {
                throw Unreadable(
                    reason: "the \(name)'s \(word) are \(part.text), expected 0 to below 60")
            }
        }
        for part in parts.dropLast() where part.value != part.value.rounded() {
            throw Unreadable(reason: "in the \(name) only the last number may have a fraction")
        }
        let size = zip(parts, [1.0, 60, 3600]).reduce(0) { $0 + $1.0.value / $1.1 }
        let value = (first.isNegative ? -1 : 1) * size * (isHours ? 15 : 1)
        let range = isHours ? 0...360 : degrees
        guard range.contains(value) else {
            let limits =
                isHours ? "0 to 24 hours" : "\(Int(range.lowerBound)) to \(Int(range.upperBound))"
            throw Unreadable(reason: "the \(name) is \(first.text), expected \(limits)")
        }
        return value
    }

    /// Units, where they are given, are those of their places.
    private static func checkUnits(
        _ parts: [PositionWords.Number], _ name: String, first: Character
    ) throws(Unreadable) {
        for (part, expected) in zip(parts, [first, "m", "s"]) {
            guard let unit = part.unit, unit != expected else { continue }
            throw Unreadable(
                reason: "the \(name)'s \(part.text) has the unit \(unit), expected \(expected)")
        }
    }
}

/// The numbers of a pasted position with their units, and where its coordinates part.
struct PositionWords {
    struct Number: Hashable {
        /// As it stands in the text.
        let text: String
        /// Without its sign.
        let value: Double
        let hasSign: Bool
        let isNegative: Bool
        /// `h`, `d`, `m` or `s`; `nil` where none is given.
        var unit: Character?
    }

    private var numbers: [Number] = []
    /// Before which number a comma, a semicolon, a slash or the name of the second coordinate is.
    private var partings: [Int] = []

    typealias Unreadable = PastedPosition.Unreadable

    init(_ text: String) throws(Unreadable) {
        var rest = Self.normalised(text)[...]
        if let designation = try Self.designation(rest) {
            self = designation
            return
        }
        var isPrevious = false
        while let character = rest.first {
            if character.isNumber || character == "." || character == "+" || character == "-" {
                numbers.append(try Self.number(&rest))
                isPrevious = true
                continue
            }
            rest.removeFirst()
            switch character {
            case " ", ":", "(", ")", "[", "]", "=": break
            case ",", ";", "/", "|": partings.append(numbers.count)
            case "h", "d", "m", "s":
                guard isPrevious, numbers[numbers.count - 1].unit == nil else {
                    throw Unreadable(reason: "the unit \(character) follows no number")
                }
                numbers[numbers.count - 1].unit = character
            default:
                throw Unreadable(reason: "it has \"\(character)\", which no position has")
            }
        }
    }

    /// The numbers of right ascension and declination.
    func halves() throws(Unreadable) -> ([Number], [Number]) {
        guard numbers.count > 1 else {
            throw Unreadable(
                reason: numbers.isEmpty ? "it has no number" : "it is one number, expected two")
        }
        guard numbers.count <= 6 else {
            throw Unreadable(reason: "it has \(numbers.count) numbers, expected at most 6")
        }
        let middle = try parting()
        return (Array(numbers[..<middle]), Array(numbers[middle...]))
    }

    /// At a separator, else at the second number with a sign, or with a unit that begins a
    /// coordinate, else in the middle.
    private func parting() throws(Unreadable) -> Int {
        let inner = Set(partings.filter { $0 > 0 && $0 < numbers.count })
        if let place = inner.first {
            guard inner.count == 1 else {
                throw Unreadable(reason: "it has more than two parts")
            }
            return place
        }
        let later = numbers.indices.dropFirst()
        let signed = later.filter { numbers[$0].hasSign }
        if let place = signed.first {
            guard signed.count == 1 else { throw Unreadable(reason: "it has too many signs") }
            return place
        }
        if let place = later.first(where: { numbers[$0].unit == "d" || numbers[$0].unit == "h" }) {
            return place
        }
        guard numbers.count.isMultiple(of: 2) else {
            throw Unreadable(
                reason: "its \(numbers.count) numbers do not say where the declination begins; "
                    + "put a comma or a sign before it")
        }
        return numbers.count / 2
    }

    /// Lower case, without the names of the frame and with one character for each sign and unit.
    private static func normalised(_ text: String) -> String {
        let signs: [Character: String] = [
            "\u{2212}": "-", "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-",
            "\u{FE63}": "-", "\u{FF0D}": "-", "\u{B0}": "d", "\u{BA}": "d", "\u{2032}": "m",
            "\u{2019}": "m", "'": "m", "\u{2033}": "s", "\u{201D}": "s", "\"": "s",
            "\u{2B0}": "h", "\u{1D50}": "m", "\u{2E2}": "s", "\u{A0}": " ", "\t": " ",
            "\n": " ", "\r": " ", "\r\n": " ", "_": " ",
        ]
        var plain = text.map { signs[$0] ?? String($0).lowercased() }.joined()
        // Two of a minute's marks are a second's.
        plain.replace("mm", with: "s")
        for (word, replacement) in [
            ("degrees", "d"), ("degree", "d"), ("deg", "d"), ("hours", "h"), ("arcmin", "m"),
            ("arcsec", "s"), ("declination", ","), ("dec", ","), ("de", ","),
            ("right ascension", ""), ("icrs", ""), ("fk5", ""), ("j2000.0", ""), ("j2000", ""),
            ("ra", ""),
        ] {
            plain.replace(word, with: replacement)
        }
        return plain
    }

    private static func number(_ rest: inout Substring) throws(Unreadable) -> Number {
        var text = ""
        var hasSign = false
        if let sign = rest.first, sign == "+" || sign == "-" {
            text.append(sign)
            hasSign = true
            rest.removeFirst()
            while rest.first == " " { rest.removeFirst() }
        }
        while let digit = rest.first, digit.isNumber || digit == "." {
            text.append(digit)
            rest.removeFirst()
        }
        guard let value = FormValue.plainNumber(text) else {
            throw Unreadable(reason: "\"\(text)\" is no number")
        }
        return Number(
            text: text, value: abs(value), hasSign: hasSign, isNegative: text.hasPrefix("-"))
    }

    /// `J015309.60-223000.0` (IAU specifications for nomenclature, 1999): hours and degrees
    /// without separators; `nil` where it is none.
    private static func designation(_ text: Substring) throws(Unreadable) -> PositionWords? {
        let pattern =
            #/
            \s* j? \s* ([0-9]{2}) ([0-9]{2}) ([0-9]{2} (?: \.[0-9]* )?)
            ([+-][0-9]{2}) ([0-9]{2}) ([0-9]{2} (?: \.[0-9]* )?) \s*
            /#
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        var words = PositionWords()
        for part in [match.1, match.2, match.3, match.4, match.5, match.6] {
            var part = part
            words.numbers.append(try number(&part))
        }
        return words
    }

    private init() {}
}
