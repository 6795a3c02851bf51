import Digests
public import Documents
import Foundation
public import GroundSegment

/// An event of a run or of an attempt of a payload, in the form of OpenLineage 2-0-2
/// (https://openlineage.io/spec/2-0-2/OpenLineage.json): data catalogues and other collectors of
/// lineage read it.
public struct OpenLineageEvent: Sendable {
    public enum Kind: String, Hashable, Sendable {
        case start = "START"
        case complete = "COMPLETE"
        case fail = "FAIL"
        case abort = "ABORT"
    }

    /// What ran: a run's pipeline, or a node of it.
    struct Job: Hashable, Sendable {
        let namespace: String
        let name: String
        /// `DAG` for a pipeline, `TASK` for a node.
        let type: String
    }

    /// A file; of one product in the same way at every SDC.
    struct Dataset: Hashable, Sendable {
        let namespace: String
        let name: String
        /// Empty where it is not known.
        let sha256: String
    }

    /// A run of a job, by a name that is unique everywhere.
    struct Subject: Hashable, Sendable {
        let name: String
        let job: Job

        /// An identifier in the form of a UUID that follows from the name (RFC 9562, version 8).
        var identifier: String {
            var digits = Array(SHA256Digest.hex(of: Data("sgs run \(name)".utf8)).prefix(32))
            digits[12] = "8"
            digits[16] = ["8", "9", "a", "b"][(digits[16].hexDigitValue ?? 0) % 4]
            let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
            return parts.joined(separator: "-")
        }
    }

    public let kind: Kind
    public let time: MJD
    let subject: Subject
    /// The run that an attempt is of.
    var parent: Subject?
    var inputs: [Dataset] = []
    var outputs: [Dataset] = []
    /// What went wrong; empty where nothing did.
    var message = ""

    /// The same for the same event, whenever it is told.
    public var identifier: String { "\(subject.identifier) \(kind == .start)" }

    /// The event as a JSON document.
    public var json: JSONValue {
        [
            "eventType": .text(kind.rawValue), "eventTime": .text(time.exactISO8601),
            "producer": .text(Self.producer),
            "schemaURL": .text(Self.schema("OpenLineage", "2-0-2", "RunEvent", isFacet: false)),
            "run": ["runId": .text(subject.identifier), "facets": .object(runFacets)],
            "job": job(subject.job, withFacets: true),
            "inputs": .list(inputs.map(Self.json)), "outputs": .list(outputs.map(Self.json)),
        ]
    }

    private var runFacets: [JSONValue.Member] {
        var facets = [
            Self.facet(
                "processing_engine", "ProcessingEngineRunFacet", "1-1-0",
                ["name": "sdc-runner", "version": .text(SoftwareVersion.current)])
        ]
        if let parent {
            facets.append(
                Self.facet(
                    "parent", "ParentRunFacet", "1-0-1",
                    [
                        "run": ["runId": .text(parent.identifier)],
                        "job": job(parent.job, withFacets: false),
                    ]))
        }
        if !message.isEmpty {
            facets.append(
                Self.facet(
                    "errorMessage", "ErrorMessageRunFacet", "1-0-0",
                    ["message": .text(message), "programmingLanguage": "unknown"]))
        }
        return facets
    }

    private func job(_ job: Job, withFacets: Bool) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "namespace", value: .text(job.namespace)),
            .init(name: "name", value: .text(job.name)),
        ]
        if withFacets {
            let type = Self.facet(
                "jobType", "JobTypeJobFacet", "2-0-3",
                ["processingType": "BATCH", "integration": "SGS", "jobType": .text(job.type)])
            members.append(.init(name: "facets", value: .object([type])))
        }
        return .object(members)
    }

    private static func json(_ dataset: Dataset) -> JSONValue {
        let version = facet(
            "version", "DatasetVersionDatasetFacet", "1-0-0",
            ["datasetVersion": .text("sha256:\(dataset.sha256)")])
        return [
            "namespace": .text(dataset.namespace), "name": .text(dataset.name),
            "facets": .object(dataset.sha256.isEmpty ? [] : [version]),
        ]
    }

    private static let producer = "urn:sgs:sdc-runner:\(SoftwareVersion.current)"

    private static func facet(
        _ name: String, _ type: String, _ version: String, _ members: JSONValue
    ) -> JSONValue.Member {
        var all: [JSONValue.Member] = [
            .init(name: "_producer", value: .text(producer)),
            .init(
                name: "_schemaURL", value: .text(schema(type, version, type, isFacet: true))),
        ]
        if case .object(let own) = members { all += own }
        return .init(name: name, value: .object(all))
    }

    private static func schema(
        _ file: String, _ version: String, _ type: String, isFacet: Bool
    ) -> String {
        let folder = isFacet ? "facets/" : ""
        return "https://openlineage.io/spec/\(folder)\(version)/\(file).json#/$defs/\(type)"
    }
}
