/// What was found at the path of a declared output right after the end.
public enum OutputFact: Hashable, Sendable {
    /// A regular file of so many bytes, with no other name.
    case file(bytes: Int)
    /// A regular file that has other names too (hard links), under which it may still change.
    case hardLinked(bytes: Int)
    case missing
    /// The path, or a folder on its way from the work folder, is a symbolic link.
    case link
    case folder
    /// A pipe, a socket or a device.
    case special
    /// The path is not below the work folder.
    case outside
}

extension OutputFact {
    init(_ fields: JSONFields) throws(PayloadError) {
        switch try fields.text("is") {
        case "file": self = .file(bytes: try fields.count("bytes"))
        case "hardLinked": self = .hardLinked(bytes: try fields.count("bytes"))
        case "missing": self = .missing
        case "link": self = .link
        case "folder": self = .folder
        case "special": self = .special
        case "outside": self = .outside
        default:
            throw fields.fault("is", "file, hardLinked, missing, link, folder, special, outside")
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .file(let bytes):
            writer.field("is", "file")
            writer.field("bytes", bytes)
        case .hardLinked(let bytes):
            writer.field("is", "hardLinked")
            writer.field("bytes", bytes)
        case .missing: writer.field("is", "missing")
        case .link: writer.field("is", "link")
        case .folder: writer.field("is", "folder")
        case .special: writer.field("is", "special")
        case .outside: writer.field("is", "outside")
        }
    }
}
