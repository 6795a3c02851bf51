import Foundation

/// What a word that names a plan means, before anything of it is read.
///
/// What is there on the disk goes before revisions and digests: `./published` is a file or folder,
/// `published` the plan in force.
enum PlanWord: Hashable {
    /// The plan in force.
    case published
    /// A file or folder that is there.
    case path(String)
    /// The number of a revision, at most 7 digits.
    case revision(Int)
    /// A digest or its start: 8 to 64 of 0-9 and a-f.
    case digest(String)
    /// A text that is none of them.
    case other(String)

    init(_ text: String) {
        if text == "published" {
            self = .published
        } else if FileManager.default.fileExists(atPath: text) {
            self = .path(text)
        } else if (1..<8).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }),
            let number = Int(text)
        {
            self = .revision(number)
        } else if (8...64).contains(text.count),
            text.allSatisfy({ "0123456789abcdef".contains($0) })
        {
            self = .digest(text)
        } else {
            self = .other(text)
        }
    }

    /// What help says of an argument that names a plan.
    static let help =
        "a run's folder or its plan.json, a revision's number, a digest or its first 8 digits,"
        + " or published, the plan in force"
}
