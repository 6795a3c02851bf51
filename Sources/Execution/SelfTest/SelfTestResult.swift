import Digests
import Foundation

/// What a self-test has found.
public struct SelfTestResult: Hashable, Sendable, Encodable {
    /// A feature, and whether it is there.
    public struct Row: Hashable, Sendable, Encodable {
        public let feature: String
        public let isOK: Bool
        /// What was found in its place; empty where it is there.
        public let found: String

        private enum CodingKeys: String, CodingKey {
            case feature, found
            case isOK = "ok"
        }
    }

    public let features: [Row]
    /// SHA-256 over the documents of the self-test's graphs and the report's bytes: the same
    /// wherever the same release does the same, on whatever machine.
    public let digest: String

    /// - Parameters:
    ///   - documents: the canonical documents of the graphs, by their names.
    ///   - report: the bytes of the self-test's report; `nil` where there is none.
    ///   - facts: the self-test's run with its attempts; `nil` where it never began.
    init(documents: [String: String], report: Data?, facts: RunFacts?) {
        let lines = report.map {
            String(decoding: $0, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false
            ).map(String.init)
        }
        features = SelfTestFeature.all.map { feature in
            let lack = feature.lack(report: lines, facts: facts)
            return Row(feature: feature.name, isOK: lack == nil, found: lack ?? "")
        }
        var bytes = Data()
        for text in documents.sorted(by: { $0.key < $1.key }).map(\.value) {
            bytes.append(Data("\(text.utf8.count)\n\(text)\n".utf8))
        }
        bytes.append(report ?? Data())
        digest = SHA256Digest.hex(of: bytes)
    }

    /// Whether all features are there.
    public var isOK: Bool { features.allSatisfy(\.isOK) }

    /// A line for each feature.
    public var text: String {
        let width = features.map(\.feature.count).max() ?? 0
        return features.map { row in
            let name = row.feature.padding(toLength: width, withPad: " ", startingAt: 0)
            return "\(name)  \(row.isOK ? "ok" : row.found)"
        }.joined(separator: "\n")
    }
}
