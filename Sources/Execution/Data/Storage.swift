import Files
import Foundation
public import GroundSegment

/// The storages of all SDCs as one of them sees them: a folder each.
///
/// ```
/// ROOT/SDC-FR/SURVEY/observation/17/frames.fits   held for good
/// ROOT/SDC-FR/.cache/SURVEY/...                   copied here for orders, transient
/// ROOT/SDC-FR/.work/RUN/PATH.ATTEMPT/             where steps run
/// ROOT/SDC-FR/.runs/RUN/                          outputs of runs that no order asked for
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

    /// What a product is called below the folder of an SDC that holds it. A name that is not made
    /// as `productName` makes them is one component here: it leads nowhere else.
    static func file(of product: String, survey: ID<SurveyPlan>) -> String {
        let name = isProductName(product) ? product : FileName.encoded(product)
        return "\(FileName.encoded(survey.text))/\(name)"
    }

    /// Whether a text is made of components that may be in a path, and of no other characters.
    static func isProductName(_ text: String) -> Bool {
        let components = text.split(separator: "/", omittingEmptySubsequences: false)
        return (1...8).contains(components.count) && components.allSatisfy(FileName.isEncoded)
    }

    /// The folder of an SDC.
    public func folder(of sdc: ID<SDC>) -> String { "\(root)/\(FileName.encoded(sdc.text))" }

    /// Where an SDC holds a product for good.
    public func path(of product: String, survey: ID<SurveyPlan>, at sdc: ID<SDC>) -> String {
        "\(folder(of: sdc))/\(Self.file(of: product, survey: survey))"
    }

    /// Below this folder lies what was copied here for orders.
    var cacheRoot: String { "\(folder(of: sdc))/.cache/" }

    /// Where a product is kept that was copied here for an order.
    func cachePath(of product: String, survey: ID<SurveyPlan>) -> String {
        "\(cacheRoot)\(Self.file(of: product, survey: survey))"
    }

    /// Where a run's steps leave their files.
    func workFolder(of run: ID<Run>) -> String {
        "\(workRoot)/\(FileName.encoded(run.text))"
    }

    /// Takes a run's work out of the way, to be removed; `nil` where there is none.
    func setAside(workOf run: ID<Run>) -> String? {
        let target = "\(workRoot)/\(Self.asidePrefix)\(UUID().uuidString)"
        return rename(workFolder(of: run), target) == 0 ? target : nil
    }

    /// Whether a name in the folder of all work is of what is to be removed.
    static func isSetAside(_ name: String) -> Bool { name.hasPrefix(asidePrefix) }

    private static let asidePrefix = ".gone-"

    /// Where the outputs of a run that no order asked for are kept.
    func resultFolder(of run: ID<Run>) -> String {
        "\(folder(of: sdc))/.runs/\(FileName.encoded(run.text))"
    }

    /// The folder of all runs' work.
    var workRoot: String { "\(folder(of: sdc))/.work" }

    var lockPath: String { "\(folder(of: sdc))/.runner.lock" }

    private func incomingFolder(at sdc: ID<SDC>) -> String { "\(folder(of: sdc))/.incoming" }

    /// A product's name: its item and the name and suffix of the output.
    static func productName(
        item: ItemID, task: OrderTask? = nil, output: String, mime: String
    ) -> String {
        "\(itemFolder(item, task))/\(FileName.encoded("\(output).\(mime)"))"
    }

    /// The folder of an item's products within its survey: those that a campaign's task makes are
    /// others than those of the daily processing.
    static func itemFolder(_ item: ItemID, _ task: OrderTask?) -> String {
        let first = task.map {
            "\(FileName.encoded($0.campaign))/\(FileName.encoded($0.name))/"
        }
        return (first ?? "") + "\(item.kind.rawValue)/\(FileName.encoded(item.text))"
    }

    /// The name of the output that a product was.
    static func outputName(ofProduct name: String) -> Substring {
        let file = name[(name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...]
        return file[..<(file.lastIndex(of: ".") ?? file.endIndex)]
    }

    /// Copies a file to a path below an SDC's folder.  The copy has its name only once it is
    /// complete, on the disk and verified, and nobody may write to it; a copy that is there
    /// already with these bytes stays, another one is replaced.
    ///
    /// - Throws: `ExecutionError` of code `storage`, or `corrupted` where the source's bytes are
    ///   others.
    func copy(
        _ source: String, to target: String, at sdc: ID<SDC>, expecting digest: FileDigest,
        known: KnownFiles
    ) throws {
        try copy(
            source, to: target, incoming: incomingFolder(at: sdc), expecting: digest, known: known)
    }

    /// - Parameters:
    ///   - incoming: the folder, on the target's file system, where the copy is made.
    ///   - pace: holds it to a bandwidth.
    func copy(
        _ source: String, to target: String, incoming: String, expecting digest: FileDigest,
        known: KnownFiles, pace: Pace? = nil
    ) throws {
        if known.holds(target, digest) { return }
        let temporary = try temporaryPath(in: incoming)
        defer { try? StoredFiles.remove(temporary) }
        try StoredFiles.copy(source, to: temporary, pace: pace)
        do {
            try digest.verify(temporary)
        } catch let error as ExecutionError where error.code == .corrupted {
            throw ExecutionError(
                .corrupted, error.message.replacing(temporary, with: "copy of \(source)"))
        }
        try place(temporary, at: target)
        known.remember(target, digest)
    }

    /// Brings a file from the storage of another SDC. It has its name only once it is complete, on
    /// the disk and verified; what came of one that was cut is gone on with the next time.
    ///
    /// - Throws: `ExecutionError` of code `storage` where a storage cannot be used now, of code
    ///   `inputMissing` where it has no such file, of code `corrupted` where that has other bytes.
    func fetch(
        _ file: String, by transport: any StorageTransport, to target: String,
        expecting digest: FileDigest, known: KnownFiles
    ) throws {
        if known.holds(target, digest) { return }
        let folder = incomingFolder(at: sdc)
        try StoredFiles.makeFolder(folder)
        let partial = "\(folder)/\(partialPrefix)\(FileName.encoded(digest.sha256))"
        // What an earlier runner's process still writes to goes on without a name.
        if let size = StoredFiles.size(partial) {
            if size < digest.bytes {
                let mine = try temporaryPath(in: folder)
                defer { try? StoredFiles.remove(mine) }
                try StoredFiles.move(partial, to: mine)
                try StoredFiles.copy(mine, to: partial)
            } else {
                try StoredFiles.remove(partial)
            }
        }
        try transport.fetch(file, to: partial)
        do {
            try digest.verify(partial)
        } catch let error as ExecutionError where error.code == .corrupted {
            try? StoredFiles.remove(partial)
            throw ExecutionError(
                .corrupted, error.message.replacing(partial, with: "copy of \(file)"))
        }
        try StoredFiles.sync(partial)
        try place(partial, at: target)
        known.remember(target, digest)
    }

    /// Throws where this SDC's storage is not there any more, as when a file system was unmounted.
    func verifyPresent() throws {
        guard StoredFiles.size(lockPath) == nil else { return }
        throw ExecutionError(.storage, "the storage \(folder(of: sdc)) is missing")
    }

    /// Makes a file of this SDC's work folder a product.
    ///
    /// Its bytes are not copied unless the file has another name, through which something could
    /// go on writing to it.
    func keep(
        _ source: String, at target: String, expecting digest: FileDigest, known: KnownFiles
    ) throws {
        if known.holds(target, digest) { return }
        let temporary = try temporaryPath(in: incomingFolder(at: sdc))
        defer { try? StoredFiles.remove(temporary) }
        if StoredFiles.linkCount(source) == 1, link(source, temporary) == 0 {
            try StoredFiles.sync(temporary)
        } else {
            try StoredFiles.copy(source, to: temporary)
        }
        try digest.verify(temporary)
        try place(temporary, at: target)
        known.remember(target, digest)
    }

    /// The mode of a product: what it is recorded as it stays.
    static let readOnly: mode_t = 0o444

    /// Removes what this runner's predecessor left half way at any SDC.
    func sweep() throws {
        for name in StoredFiles.names(in: root) {
            let incoming = "\(root)/\(name)/.incoming"
            for file in StoredFiles.names(in: incoming) where file.hasPrefix(incomingPrefix) {
                try StoredFiles.remove("\(incoming)/\(file)")
            }
        }
    }

    /// What files on their way from this SDC are named after, before a dot and a UUID.
    private var incomingPrefix: String { "\(FileName.encoded(sdc.text, reserved: 37))." }

    /// What files are named after that came in part and may be gone on with.
    private var partialPrefix: String { "\(FileName.encoded(sdc.text, reserved: 66))~" }

    private func temporaryPath(in folder: String) throws -> String {
        try StoredFiles.makeFolder(folder)
        return "\(folder)/\(incomingPrefix)\(UUID().uuidString)"
    }

    private func place(_ temporary: String, at target: String) throws {
        chmod(temporary, Self.readOnly)
        try StoredFiles.makeFolder((target as NSString).deletingLastPathComponent)
        try StoredFiles.move(temporary, to: target)
    }
}
