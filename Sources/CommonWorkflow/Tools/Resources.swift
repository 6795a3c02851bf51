import Documents

/// What a process is given of the machine (CWL 1.2, ResourceRequirement).
struct Resources: Hashable, Sendable {
    let cores: Int
    /// MiB.
    let memory: Int
    /// MiB.
    let temporary: Int
    /// MiB.
    let output: Int

    /// - Parameter fields: those of the requirement, maybe with expressions.
    init(_ fields: [String: JSONValue], evaluator: Evaluator) throws {
        func amount(_ name: String, standard: Int) throws -> Int {
            var low = try fields["\(name)Min"].map { try evaluator.value($0) } ?? .null
            let high = try fields["\(name)Max"].map { try evaluator.value($0) } ?? .null
            for value in [low, high] where value != .null {
                guard let number = value.number, number >= 0, number < 1e15 else {
                    throw CWLError.failure(
                        "ResourceRequirement: \(name): found \(ValueText.brief(value)), "
                            + "expected a number from 0")
                }
            }
            if low == .null { low = high }
            if let least = low.number, let most = high.number, most < least {
                throw CWLError.failure("ResourceRequirement: \(name)Max is below \(name)Min")
            }
            return low.number.map { Int($0.rounded(.up)) } ?? standard
        }
        cores = max(1, try amount("cores", standard: 1))
        memory = max(1, try amount("ram", standard: evaluator.version < .v11 ? 1024 : 256))
        temporary = max(1, try amount("tmpdir", standard: 1024))
        output = max(1, try amount("outdir", standard: 1024))
    }

    /// The fields of `runtime`.
    func runtime(outputs: String, temporary folder: String) -> JSONValue {
        [
            "outdir": .text(outputs), "tmpdir": .text(folder), "cores": .integer(cores),
            "ram": .integer(memory), "tmpdirSize": .integer(temporary),
            "outdirSize": .integer(output),
        ]
    }
}
