import Execution
import WebService

/// Which attempts a report of waste is about, and what it suggests.
struct WasteSelection: Sendable {
    static let parameters = [
        Parameter.query(
            "days", .integer(1...36_500),
            "Only attempts that ended in so many last days (default: 30)."),
        .query(
            "percentile", .choice(UsePercentile.allCases.map { "\($0.rawValue)" }),
            "The part of the attempts that a suggested request is to hold (default: 75)."),
    ]

    let days: Int
    let percentile: UsePercentile

    /// What is shown where nothing else is asked for.
    static let usual = WasteSelection(days: 30, percentile: .upperQuarter)

    private init(days: Int, percentile: UsePercentile) {
        (self.days, self.percentile) = (days, percentile)
    }

    init(_ request: RouteRequest<ServedRunner>) {
        days = request.integer("days") ?? Self.usual.days
        percentile =
            request.text("percentile").flatMap { Int($0) }.flatMap(UsePercentile.init)
            ?? Self.usual.percentile
    }

    func address(_ path: String) -> String {
        PageAddress.address(
            path, ["days": "\(days)", "percentile": "\(percentile.rawValue)"])
    }

    /// The command line that tells the same.
    var command: String {
        "sdc-runner profile suggest --hist \(days) --percentile \(percentile.rawValue)"
    }

    func report(_ runner: ServedRunner) async throws -> WasteReport {
        try await runner.waste.report(percentile, days: Double(days), at: runner.now)
    }
}

extension Interface {
    /// What was requested and not used.
    var wasteRoutes: [Route<ServedRunner>] {
        [
            Route(
                "/v1/waste",
                "What executables requested and did not use, what was wasted most first, with "
                    + "requests that would have held what was used.", WasteSelection.parameters,
                result: .document(mediaType: Self.json)
            ) { request in
                try await Self.reporting {
                    try Self.answer(try await WasteSelection(request).report(request.state))
                }
            }
        ]
    }
}
