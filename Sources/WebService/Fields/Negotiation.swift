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

    /// The format for an `Accept` header: the one of the highest quality, where several have it
    /// the one that the header names first, then the first of JSON, CSV, ECSV and VOTable.
    ///
    /// `nil` where nothing that it accepts is offered.
    static func format(accept: String?) -> TableFormat? {
        let accept = Accept(accept)
        if accept.isEmpty { return .json }
        var best: (format: TableFormat, match: Accept.Match)?
        for format in [TableFormat.json, .csv, .ecsv, .votable] {
            guard let match = match(format, accept), match.quality > 0 else { continue }
            let isBetter =
                best.map {
                    match.quality > $0.match.quality
                        || match.quality == $0.match.quality && match.place < $0.match.place
                } ?? true
            if isBetter { best = (format, match) }
        }
        return best?.format
    }

    /// How a format is accepted: under the type by which it is sent, or, where only a range holds
    /// that, under another that clients know it by.
    private static func match(_ format: TableFormat, _ accept: Accept) -> Accept.Match? {
        let parameters = parameters(format)
        let names = names(format)
        let own = accept.match(names[0], parameters: parameters)
        if let own, own.precision >= 2 { return own }
        let others = names.dropFirst().compactMap { accept.match($0, parameters: parameters) }
            .filter { $0.precision >= 2 }
        return others.max { ($0.quality, -$0.place) < ($1.quality, -$1.place) } ?? own
    }

    private static func names(_ format: TableFormat) -> [String] {
        switch format {
        case .json: ["application/json"]
        case .csv: ["text/csv"]
        case .ecsv: ["application/x-ecsv", "text/x-ecsv"]
        case .votable: ["application/x-votable+xml", "text/xml"]
        }
    }

    /// What is true of the bytes that are sent, whether it is said with them or not.
    private static func parameters(_ format: TableFormat) -> [String: String] {
        switch format {
        case .json, .ecsv: ["charset": "utf-8"]
        case .csv: ["charset": "utf-8", "header": "present"]
        case .votable:
            ["charset": "utf-8", "serialization": "tabledata", "content": "x-votable"]
        }
    }
}
