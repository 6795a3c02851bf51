import Foundation
import Payloads

/// The revision of the catalogue that a repository of CVMFS is at.
public enum CatalogueRevision {
    /// The attribute of a mounted repository's folder (CernVM-FS documentation, "Extended
    /// attributes").
    private static let attribute = "user.revision"

    /// What a folder says: its attribute, else the field `S` of its file `.cvmfspublished`, which a
    /// repository has where it is published; `nil` where it says nothing.
    public static func of(_ repository: String) -> Int? {
        if let text = ExtendedAttribute.text(attribute, of: repository) { return number(text) }
        guard let file = FileHandle(forReadingAtPath: "\(repository)/.cvmfspublished"),
            let data = try? file.read(upToCount: 65536)
        else { return nil }
        // Lines of a letter and a value, up to the signature.
        for line in data.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            if text == "--" { return nil }
            if text.hasPrefix("S") { return number(String(text.dropFirst())) }
        }
        return nil
    }

    private static func number(_ text: String) -> Int? {
        Int(text.trimmingCharacters(in: CharacterSet(charactersIn: "\0\n ")))
    }
}
