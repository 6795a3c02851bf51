/// Values of a query in which a plus may have become a space.
///
/// Forms write a space as a plus and a plus as %2B; who types `dec=+5` or `at=...+02:00` into an
/// address by hand means a plus that arrives as a space.  A number has no space in it, and a time
/// only one, before the time of day: any other can only have been a plus.
public enum FormValue {
    /// A decimal number: spaces around it are passed over, one behind the `e` is its plus.
    public static func number(_ text: String) -> Double? {
        plainNumber(restored(text))
    }

    /// A whole number.
    public static func integer(_ text: String) -> Int? { Int(restored(text)) }

    /// The text of an ISO 8601 date or date and time with the plus of its zone:
    /// `2027-04-01 00:00:00 02:00` is of the zone +02:00.
    public static func instant(_ text: String) -> String {
        let text = HeaderList.trimmed(text[...])
        guard let start = text.firstIndex(where: { $0 == "T" || $0 == " " }),
            let space = text[text.index(after: start)...].firstIndex(of: " ")
        else { return String(text) }
        return text[..<space] + "+" + text[text.index(after: space)...]
    }

    /// A decimal number as it is; hexadecimal, infinities and not-a-numbers are none.
    public static func plainNumber(_ text: some StringProtocol) -> Double? {
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte)
        }
        guard isPlain, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private static func restored(_ text: String) -> String {
        String(HeaderList.trimmed(text[...])).replacing("e ", with: "e+").replacing(
            "E ", with: "E+")
    }
}
