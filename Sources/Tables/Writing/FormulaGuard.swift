/// Keeps spreadsheets from running the text of a CSV file as a formula.
///
/// A text that begins with `=`, `+`, `-`, `@`, TAB, CR or LF, which spreadsheets take for the
/// start of a formula, gets an apostrophe before it, also in quotes; so does one that begins with
/// apostrophes and then one of these, so that taking the first apostrophe off gives every text
/// back as it was.  All other texts, and all numbers, stay as they are.  ECSV, VOTable and JSON
/// carry types and need no guard.
public enum FormulaGuard {
    /// `text` as CSV carries it.
    public static func guarded(_ text: String) -> String {
        isDangerous(text.utf8) ? "'" + text : text
    }

    /// What `guarded` made `text` of.
    public static func unguarded(_ text: String) -> String {
        let isGuarded = text.utf8.first == apostrophe && isDangerous(text.utf8.dropFirst())
        return isGuarded ? String(text.dropFirst()) : text
    }

    private static let apostrophe = UInt8(ascii: "'")

    private static func isDangerous(_ text: some Sequence<UInt8>) -> Bool {
        guard let first = text.first(where: { $0 != apostrophe }) else { return false }
        return switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
            UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            true
        default: false
        }
    }
}
