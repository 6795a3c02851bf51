import Documents

/// The combinations of the elements of lists (CWL 1.2, ScatterMethod).
struct Scatter: Sendable {
    let combinations: [[JSONValue]]
    /// How many elements the lists have, where the results lie in one another as they do.
    private let shape: [Int]

    /// More runs of one step are refused.
    private static let most = 1_000_000

    init(_ lists: [[JSONValue]], method: ScatterMethod, name: String) throws {
        let counts = lists.map(\.count)
        guard method != .dotProduct || Set(counts).count < 2 else {
            throw CWLError.failure(
                "\(name): lists of \(counts) elements cannot be combined one to one")
        }
        var total = 1
        for count in method == .dotProduct ? Array(counts.prefix(1)) : counts {
            let (product, isOver) = total.multipliedReportingOverflow(by: count)
            guard !isOver, product <= Self.most else {
                throw CWLError.failure("\(name): more than \(Self.most) runs of one step")
            }
            total = product
        }
        switch method {
        case .dotProduct:
            combinations = (0..<total).map { index in lists.map { $0[index] } }
            shape = [total]
        case .nestedCrossProduct, .flatCrossProduct:
            combinations = lists.reduce([[]]) { found, list in
                found.flatMap { combination in list.map { combination + [$0] } }
            }
            shape = method == .flatCrossProduct ? [total] : counts
        }
    }

    /// Results in the order of the combinations as lists in one another.
    func shaped(_ results: [JSONValue]) -> JSONValue { shaped(results[...], shape[...]) }

    private func shaped(_ results: ArraySlice<JSONValue>, _ shape: ArraySlice<Int>) -> JSONValue {
        guard shape.count > 1, let count = shape.first else { return .list(Array(results)) }
        let size = count == 0 ? 0 : results.count / count
        return .list(
            (0..<count).map { index in
                let start = results.startIndex + index * size
                return shaped(results[start..<start + size], shape.dropFirst())
            })
    }
}
