import CProcess

/// Extended attributes of files (xattr(7)).
public enum ExtendedAttribute {
    /// The value of an attribute as text, of at most 255 bytes; `nil` where a file has none.
    public static func text(_ name: String, of path: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: 255)
        let count = getxattr(path, name, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
