import Digests
import Dispatch
public import Foundation
import GroundSegment

/// A plan as the file plan.json: canonical bytes, the same for the same content.
///
/// The file is one JSON object with two members, `digest` and `plan`.  The digest is the SHA-256
/// of the bytes of `plan`, whose keys are sorted and whose numbers are the shortest that read
/// back exactly.  Nothing in it depends on the clock, the machine or the order of input rows.
public enum PlanDocument {
    /// The format's name and version, kept in `plan.format`.
    public static let format = "sgs-plan/1"

    /// The bytes of plan.json, and the digest within them.
    public static func encode(_ plan: Plan) -> (bytes: Data, digest: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let content = try? encoder.encode(PlanContent(plan)) else {
            preconditionFailure("a plan holds a number that JSON has not")
        }
        let digest = SHA256Digest.hex(of: content)
        return (Data(prefix(digest).utf8) + content + Data("}\n".utf8), digest)
    }

    /// The plan of a plan.json, and its digest.
    ///
    /// - Throws: `PlanDocumentError` where the bytes are not a whole plan.json of this format, were
    ///   changed after they were written, or hold what no plan can.
    public static func decode(_ bytes: Data) throws(PlanDocumentError) -> (
        plan: Plan, digest: String
    ) {
        let head = prefix(String(repeating: "0", count: 64)).utf8.count
        guard bytes.count > head + 2,
            let start = String(bytes: bytes.prefix(head), encoding: .utf8),
            start.hasPrefix("{\"digest\":\""), start.hasSuffix("\",\"plan\":"),
            bytes.suffix(2) == Data("}\n".utf8)
        else { throw .notAPlan("it does not begin and end as a plan.json does") }
        let digest = String(start.dropFirst(11).prefix(64))
        let content = Data(bytes.dropFirst(head).dropLast(2))
        // Tiles take as long as everything else together.
        let (tiles, rest) = sideBySide(
            { Result { try PlanContent.tiles(of: content) } },
            {
                (
                    digest: SHA256Digest.hex(of: content),
                    content: Result { try PlanContent.allButTiles(of: content) }
                )
            })
        guard rest.digest == digest else { throw .changed(stated: digest, found: rest.digest) }
        var document: PlanContent
        switch (rest.content, tiles) {
        case (.success(let content), .success(let tiles)):
            document = content
            document.tiles = tiles
        case (let rest, let tiles):
            throw .impossible(PlanContent.faults(of: content, [rest.failure, tiles.failure]))
        }
        guard document.format == format else { throw .otherFormat(document.format) }
        return (try document.plan(), digest)
    }

    private static func sideBySide<First: Sendable, Second: Sendable>(
        _ first: @Sendable () -> First, _ second: @Sendable () -> Second
    ) -> (First, Second) {
        // Each iteration writes one of them.
        nonisolated(unsafe) var one: First?
        nonisolated(unsafe) var other: Second?
        DispatchQueue.concurrentPerform(iterations: 2) { iteration in
            if iteration == 0 { one = first() } else { other = second() }
        }
        guard let one, let other else { preconditionFailure("both have run") }
        return (one, other)
    }

    private static func prefix(_ digest: String) -> String { "{\"digest\":\"\(digest)\",\"plan\":" }
}

/// A file that is not a plan.json as it was written.
public enum PlanDocumentError: Error, Sendable, Hashable, CustomStringConvertible {
    case notAPlan(String)
    case otherFormat(String)
    case changed(stated: String, found: String)
    /// Content that no plan can hold, whatever its digest says: each fault of it.
    case impossible([PlanFault])

    /// What is wrong with the file that was given as `file`, a line for each fault.
    public func lines(file: String) -> [String] {
        guard case .impossible(let faults) = self else { return ["\(file): \(self)"] }
        return faults.map { $0.diagnostic(file: file).description }
    }

    public var description: String {
        switch self {
        case .notAPlan(let why): "not a plan.json: \(why)"
        case .otherFormat(let name): "a plan of format \(name), expected \(PlanDocument.format)"
        case .changed(let stated, let found):
            "changed after it was written: its digest says \(stated), its content has \(found)"
        case .impossible(let faults):
            faults.map { $0.diagnostic(file: "plan").description }.joined(separator: "; ")
        }
    }
}

extension Result {
    fileprivate var failure: (any Error)? {
        if case .failure(let error) = self { error } else { nil }
    }
}
