import Tables

/// Chooses the format of a table (RFC 9110 section 12.5.1).
enum Negotiation {
    /// The media type under which a format is sent.
    static func mediaType(_ format: TableFormat) -> String {
        switch format {
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8"
        case .ecsv: "application/x-ecsv; charset=utf-8"
        case .votable: "application/x-votable+xml"
        }
    }

    /// The format for an `Accept` header: the best of what it names, JSON where it names none.
    ///
    /// `nil` where nothing that it accepts is offered.
    static func format(accept: String?) -> TableFormat? {
        guard let accept, !accept.isEmpty else { return .json }
        var best: (format: TableFormat, quality: Double)?
        for range in accept.split(separator: ",").prefix(32) {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let type = parts.first, let format = format(of: type) else { continue }
            let quality =
                parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
                ?? 1
            if quality > 0, quality > best?.quality ?? 0 { best = (format, quality) }
        }
        return best?.format
    }

    private static func format(of type: String) -> TableFormat? {
        switch type {
        case "*/*", "application/*", "application/json": .json
        case "text/csv", "text/*": .csv
        case "application/x-ecsv", "text/x-ecsv": .ecsv
        case "application/x-votable+xml", "text/xml": .votable
        default: nil
        }
    }
}
