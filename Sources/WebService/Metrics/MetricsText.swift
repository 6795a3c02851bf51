/// A page of metrics as Prometheus reads it (text format 0.0.4).
public struct MetricsText: Sendable {
    public static let mediaType = "text/plain; version=0.0.4"

    /// The page.
    public private(set) var text = ""

    public init() {}

    /// Adds a number that goes up and down.
    ///
    /// - `help`: one sentence.
    public mutating func gauge(_ name: String, _ help: String, _ value: Int) {
        add(name, .gauge, help, samples: [("", "\(value)")])
    }

    enum Kind: String {
        case counter, gauge, histogram
    }

    /// - Parameter samples: what follows the name, and the value.
    mutating func add(
        _ name: String, _ kind: Kind, _ help: String, samples: [(suffix: String, value: String)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples { text += "\(name)\(sample.suffix) \(sample.value)\n" }
    }
}
