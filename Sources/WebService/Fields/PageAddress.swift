/// Addresses of pages within a service.
public enum PageAddress {
    /// A path with a query; parameters without a value are left out.
    public static func address(_ path: String, _ query: KeyValuePairs<String, String?>) -> String {
        let parts = query.compactMap { name, value in
            value.map { name + "=" + PercentCoding.encoded($0) }
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }

    /// A path and query with `after` set to a place.
    public static func next(_ address: String, after place: String) -> String {
        address + (address.contains("?") ? "&" : "?") + "after=" + PercentCoding.encoded(place)
    }
}

extension String {
    /// As a segment of a path.
    public var inPath: String { PercentCoding.encoded(self) }
}
