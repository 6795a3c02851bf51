/// What a client accepts (RFC 9110 section 12.5.1): ranges of media types with their qualities.
///
/// An element that is malformed is passed over; a field without a valid one says nothing, as a
/// server may take it.
struct Accept: Sendable {
    /// How well a media type is accepted.
    struct Match: Sendable {
        /// From 0, which is not acceptable, to 1.
        let quality: Double
        /// 0 `*/*`, 1 `type/*`, 2 the type, and one more for each parameter.
        let precision: Int
        /// Which of the field's elements says so.
        let place: Int
    }

    private let ranges: [(range: MediaType, quality: Double)]

    /// How many elements are read; more are passed over.
    private static let limit = 64

    /// Whether everything is accepted.
    var isEmpty: Bool { ranges.isEmpty }

    /// - Parameter field: the value of all its lines, joined by commas; `nil` where there is none.
    init(_ field: String?) {
        ranges = HeaderList.elements(field ?? "").prefix(Self.limit).compactMap { element in
            guard let range = MediaType(element),
                let quality = Self.quality(range.parameters["q"])
            else { return nil }
            return (range, quality)
        }
    }

    /// What the most specific range says that holds a media type; `nil` where none does.
    ///
    /// - Parameter parameters: the parameters that a representation of the type has.
    func match(_ essence: String, parameters: [String: String] = [:]) -> Match? {
        var best: Match?
        for (place, (range, quality)) in ranges.enumerated() {
            guard let precision = Self.precision(range, essence, parameters) else { continue }
            let isBetter =
                best.map {
                    precision > $0.precision
                        || precision == $0.precision && quality > $0.quality
                } ?? true
            if isBetter { best = Match(quality: quality, precision: precision, place: place) }
        }
        return best
    }

    private static func precision(
        _ range: MediaType, _ essence: String, _ parameters: [String: String]
    ) -> Int? {
        let wanted = range.parameters.filter { $0.key != "q" }
        let isHeld = wanted.allSatisfy { name, value in
            parameters[name].map { $0.lowercased() == value.lowercased() } ?? false
        }
        guard isHeld else { return nil }
        if range.type == "*" { return 0 }
        if range.subtype == "*" { return essence.hasPrefix(range.type + "/") ? 1 : nil }
        guard range.essence == essence else { return nil }
        return 2 + wanted.count
    }

    /// A weight (section 12.4.2): 1 where there is none, `nil` where it is not one from 0 to 1.
    private static func quality(_ text: String?) -> Double? {
        guard let text else { return 1 }
        let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, let number = Double(text), (0...1).contains(number) else { return nil }
        return number
    }
}
