import Foundation
public import GroundSegment

/// The storages of all SDCs as one of them sees them: a folder each.
///
/// ```
/// ROOT/SDC-FR/SURVEY/observation/17/frames.fits   held for good
/// ROOT/SDC-FR/.cache/SURVEY/...                   copied here for orders, transient
/// ROOT/SDC-FR/.work/RUN/STEP.ATTEMPT/             where steps run
/// ROOT/SDC-FR/.incoming/                          files on their way, named after their writer
/// ```
public struct Storage: Hashable, Sendable {
    public let root: String
    /// Whose runner this is.
    public let sdc: ID<SDC>

    public init(root: String, sdc: ID<SDC>) {
        self.root = root
        self.sdc = sdc
    }

    /// The folder of an SDC.
    public func folder(of sdc: ID<SDC>) -> String { "\(root)/\(FileName.encoded(sdc.text))" }

    /// Where an SDC holds a product for good.
    public func path(of product: String, survey: ID<SurveyPlan>, at sdc: ID<SDC>) -> String {
        "\(folder(of: sdc))/\(FileName.encoded(survey.text))/\(product)"
    }

    /// Below this folder lies what was copied here for orders.
    var cacheRoot: String { "\(folder(of: sdc))/.cache/" }

    /// Where a product is kept that was copied here for an order.
    func cachePath(of product: String, survey: ID<SurveyPlan>) -> String {
        "\(cacheRoot)\(FileName.encoded(survey.text))/\(product)"
    }

    /// Where a run's steps leave their files.
    func workFolder(of run: ID<Run>) -> String {
        "\(workRoot)/\(FileName.encoded(run.text))"
    }

    /// The folder of all runs' work.
    var workRoot: String { "\(folder(of: sdc))/.work" }

    var lockPath: String { "\(folder(of: sdc))/.runner.lock" }

    private func incomingFolder(at sdc: ID<SDC>) -> String { "\(folder(of: sdc))/.incoming" }

    /// A product's name: its item and the name and suffix of the output.
    static func productName(item: ItemID, output: String, mime: String) -> String {
        "\(item.kind.rawValue)/\(FileName.encoded(item.text))/\(output).\(mime)"
    }

    /// The name of the output that a product was.
    static func outputName(ofProduct name: String) -> Substring {
        let file = name[name.index(after: name.lastIndex(of: "/") ?? name.startIndex)...]
        return file[..<(file.lastIndex(of: ".") ?? file.endIndex)]
    }

    /// Copies a file to a path below an SDC's folder.  The copy has its name only once it is
    /// complete, on the disk and verified; a copy that is there already stays.
    func copy(_ source: String, to target: String, at sdc: ID<SDC>, expecting digest: FileDigest)
        throws
    {
        if digest.matches(target) { return }
        let temporary = try temporaryPath(at: sdc)
        defer { try? FileTree.remove(temporary) }
        do {
            try FileManager.default.copyItem(atPath: source, toPath: temporary)
        } catch {
            throw ExecutionError(.storage, "cannot copy \(source): \(FileTree.reason(error))")
        }
        try FileTree.sync(temporary)
        do {
            try digest.verify(temporary)
        } catch let error as ExecutionError where error.code == .corrupted {
            throw ExecutionError(
                .corrupted, error.message.replacing(temporary, with: "copy of \(source)"))
        }
        try place(temporary, at: target)
    }

    /// Makes a file of this SDC's work folder a product, without a second copy of its bytes.
    func keep(_ source: String, at target: String, expecting digest: FileDigest) throws {
        if digest.matches(target) { return }
        try digest.verify(source)
        try FileTree.sync(source)
        let temporary = try temporaryPath(at: sdc)
        guard link(source, temporary) == 0 else { throw FileTree.failure("cannot link", source) }
        try place(temporary, at: target)
    }

    /// Removes what this runner's predecessor left half way at any SDC.
    func sweep() throws {
        for name in FileTree.names(in: root) {
            let incoming = "\(root)/\(name)/.incoming"
            for file in FileTree.names(in: incoming) where file.hasPrefix(incomingPrefix) {
                try FileTree.remove("\(incoming)/\(file)")
            }
        }
    }

    /// What files on their way from this SDC are named after, before a dot and a UUID.
    private var incomingPrefix: String { "\(FileName.encoded(sdc.text, reserved: 37))." }

    private func temporaryPath(at sdc: ID<SDC>) throws -> String {
        let folder = incomingFolder(at: sdc)
        try FileTree.makeFolder(folder)
        return "\(folder)/\(incomingPrefix)\(UUID().uuidString)"
    }

    private func place(_ temporary: String, at target: String) throws {
        try FileTree.makeFolder((target as NSString).deletingLastPathComponent)
        try FileTree.move(temporary, to: target)
    }
}
