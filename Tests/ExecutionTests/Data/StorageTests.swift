import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite struct StorageTests {
    private let folder: TestFolder
    private let storage: Storage
    private let source: String
    private let digest: FileDigest
    private let known = KnownFiles()

    init() throws {
        folder = try TestFolder()
        storage = Storage(root: "\(folder.path)/storage", sdc: "SDC-FR")
        source = try folder.write("frames of 17", to: "source.fits")
        digest = try #require(try FileDigest(ofFile: source))
    }

    private var target: String {
        storage.path(of: "observation/17/frames.fits", survey: "s", at: "SDC-IT")
    }

    @Test("a copy lies under the product's name with the same bytes")
    func copies() throws {
        try storage.copy(source, to: target, at: "SDC-IT", expecting: digest, known: known)
        #expect(target == "\(folder.path)/storage/SDC-IT/s/observation/17/frames.fits")
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "frames of 17")
        #expect(StoredFiles.names(in: "\(folder.path)/storage/SDC-IT/.incoming").isEmpty)
    }

    @Test("a copy with other bytes is not kept")
    func corrupted() throws {
        try folder.write("frames of 18", to: "source.fits")
        let error = try #require(throws: ExecutionError.self) {
            try storage.copy(source, to: target, at: "SDC-IT", expecting: digest, known: known)
        }
        #expect(error.code == .corrupted)
        #expect(error.message.hasPrefix("copy of \(source): found SHA-256 "))
        #expect(!FileManager.default.fileExists(atPath: target))
        #expect(StoredFiles.names(in: "\(folder.path)/storage/SDC-IT/.incoming").isEmpty)
    }

    @Test("a copy that was damaged later is made again")
    func repaired() throws {
        try storage.copy(source, to: target, at: "SDC-IT", expecting: digest, known: known)
        try StoredFiles.remove(target)
        try "frames of 1x".write(toFile: target, atomically: true, encoding: .utf8)
        try storage.copy(source, to: target, at: "SDC-IT", expecting: digest, known: known)
        try digest.verify(target)
    }

    @Test("keeping an output twice gives the same product")
    func keeps() throws {
        let kept = storage.path(of: "observation/17/raw.fits", survey: "s", at: "SDC-FR")
        try storage.keep(source, at: kept, expecting: digest, known: known)
        try StoredFiles.remove(source)
        try storage.keep(source, at: kept, expecting: digest, known: known)
        try digest.verify(kept)
    }

    @Test("a kept output stays what it is though its file has another name that is written to")
    func hardLinked() throws {
        #expect(link(source, "\(folder.path)/other") == 0)
        let kept = storage.path(of: "observation/17/raw.fits", survey: "s", at: "SDC-FR")
        try storage.keep(source, at: kept, expecting: digest, known: known)
        try "frames of 99".write(toFile: "\(folder.path)/other", atomically: false, encoding: .utf8)
        #expect(try String(contentsOfFile: kept, encoding: .utf8) == "frames of 17")
    }

    @Test("a symbolic link is not copied")
    func symbolicLink() throws {
        let path = "\(folder.path)/link"
        #expect(symlink(source, path) == 0)
        let error = try #require(throws: ExecutionError.self) {
            try storage.copy(path, to: target, at: "SDC-IT", expecting: digest, known: known)
        }
        #expect(error.code == .storage)
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test("nobody may write to a product")
    func readOnly() throws {
        try storage.copy(source, to: target, at: "SDC-IT", expecting: digest, known: known)
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o444)
    }

    @Test("only the runner's own leftovers are swept")
    func sweeps() throws {
        try folder.write("", to: "storage/SDC-IT/.incoming/SDC-FR.1")
        try folder.write("", to: "storage/SDC-IT/.incoming/SDC-DE.1")
        try storage.sweep()
        #expect(StoredFiles.names(in: "\(folder.path)/storage/SDC-IT/.incoming") == ["SDC-DE.1"])
    }

    @Test("a product is named after its item and output, and tells its output again")
    func names() {
        let name = Storage.productName(item: .tile("50294/A.1"), output: "mosaic", mime: "fits")
        #expect(name == "tile/50294%2FA.1/mosaic.fits")
        #expect(Storage.outputName(ofProduct: name) == "mosaic")
    }

    @Test("products of a campaign's task have names of their own beside the daily ones of an item")
    func campaignProduct() {
        let task = OrderTask(campaign: "dr1", name: "cosmos.vis")
        let name = Storage.productName(
            item: .observation("7"), task: task, output: "image", mime: "fits")
        #expect(name == "dr1/cosmos.vis/observation/7/image.fits")
        #expect(Storage.isProductName(name))
        #expect(Storage.outputName(ofProduct: name) == "image")
        #expect(Storage.product(named: name)?.item == "7")
        #expect(
            Storage.productName(item: .observation("7"), output: "image", mime: "fits")
                == "observation/7/image.fits")
    }
}
