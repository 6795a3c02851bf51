import GroundSegment

/// Values of a query in which a plus may have become a space.
///
/// Forms write a space as a plus and a plus as %2B; who types `dec=+5` or `at=...+02:00` into an
/// address by hand means a plus that arrives as a space.  A number has no space in it, and a time
/// only one, before the time of day: any other can only have been a plus.
enum FormValue {
    /// A decimal number: spaces around it are passed over, one behind the `e` is its plus.
    static func number(_ text: String) -> Double? {
        Parameter.plainNumber(restored(text))
    }

    /// A whole number.
    static func integer(_ text: String) -> Int? { Int(restored(text)) }

    /// An ISO 8601 date or date and time: `2027-04-01 00:00:00 02:00` is of the zone +02:00.
    static func date(_ text: String) -> MJD? {
        let text = HeaderList.trimmed(text[...])
        guard let start = text.firstIndex(where: { $0 == "T" || $0 == " " }),
            let space = text[text.index(after: start)...].firstIndex(of: " ")
        else { return MJD(iso8601: text) }
        return MJD(iso8601: text[..<space] + "+" + text[text.index(after: space)...])
    }

    private static func restored(_ text: String) -> String {
        String(HeaderList.trimmed(text[...])).replacing("e ", with: "e+").replacing(
            "E ", with: "E+")
    }
}
