import Documents
public import Files
import Foundation

/// Where the files of campaigns and templates are: `NAME.yaml` in one of these folders.
public struct CampaignFolders: Sendable {
    private let paths: [String]
    private let texts: [String: String]
    /// What the files are written in.
    let notation: DocumentObject.Notation

    /// More bytes of a file are not read.
    static let mostBytes = 10_000_000

    /// - Parameter paths: in the order in which a name is looked for.
    public init(_ paths: [String]) {
        self.paths = paths
        texts = [:]
        notation = .yaml
    }

    /// Files that are not on a disk.
    ///
    /// - Parameter texts: by the campaign's name.
    public init(texts: [String: String]) {
        paths = []
        self.texts = texts
        notation = .yaml
    }

    /// A campaign as `Campaign.document` has written it: as JSON, which is read several times as
    /// fast.
    public init(document: String, of name: String) {
        paths = []
        texts = [name: document]
        notation = .json
    }

    /// The names of all campaigns and templates, in their order.
    ///
    /// - Throws: `FilesError` where a folder cannot be read.
    public func names() throws(FilesError) -> [String] {
        var names = Set(texts.keys)
        for path in paths {
            for file in try FileTree.names(in: path) where file.hasSuffix(".yaml") {
                let name = String(file.dropLast(5))
                if CampaignName.isPlain(name) { names.insert(name) }
            }
        }
        return names.sorted()
    }

    /// A file's name as faults say it, and its bytes; `nil` where there is none.
    func file(_ name: String) throws(CampaignError) -> (path: String, data: Data)? {
        if let text = texts[name] { return ("\(name).yaml", Data(text.utf8)) }
        do {
            for folder in paths where try FileTree.names(in: folder).contains("\(name).yaml") {
                let path = "\(folder)/\(name).yaml"
                return (path, try RegularFile.contents(of: path, limit: Self.mostBytes))
            }
            return nil
        } catch {
            throw CampaignError(.unknown, message: "\(error)")
        }
    }
}
