import Glibc

/// The text of bytes from outside, harmless to show and to store: one line, no control characters,
/// no zero byte, and no longer than the limit.
///
/// What is no UTF-8, and every control and line separating character, becomes U+FFFD; tabulators
/// become spaces.
///
/// - Parameter limit: the most characters (Unicode scalars) that it has.
public func printable(_ bytes: some Sequence<UInt8>, limit: Int = 500) -> String {
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
        guard count < limit else {
            result.append("\u{2026}")
            break
        }
        count += 1
        switch scalar.properties.generalCategory {
        case .control where scalar == "\t": result.append(" ")
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .format:
            result.append("\u{FFFD}")
        default: result.append(scalar)
        }
    }
    return String(result)
}

/// The system's word for an error number, as `No such file or directory`.
func systemWord(_ number: Int32) -> String { String(cString: strerror(number)) }
