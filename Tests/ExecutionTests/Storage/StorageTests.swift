import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite struct StorageTests {
    private let folder: TestFolder
    private let storage: Storage
    private let source: String
    private let digest: FileDigest

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
        try storage.copy(source, to: target, at: "SDC-IT", expecting: digest)
        #expect(target == "\(folder.path)/storage/SDC-IT/s/observation/17/frames.fits")
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "frames of 17")
        #expect(FileTree.names(in: "\(folder.path)/storage/SDC-IT/.incoming").isEmpty)
    }

    @Test("a copy with other bytes is not kept")
    func corrupted() throws {
        try folder.write("frames of 18", to: "source.fits")
        let error = try #require(throws: ExecutionError.self) {
            try storage.copy(source, to: target, at: "SDC-IT", expecting: digest)
        }
        #expect(error.code == .corrupted)
        #expect(error.message.hasPrefix("copy of \(source): found SHA-256 "))
        #expect(!FileManager.default.fileExists(atPath: target))
        #expect(FileTree.names(in: "\(folder.path)/storage/SDC-IT/.incoming").isEmpty)
    }

    @Test("a copy that was damaged later is made again")
    func repaired() throws {
        try storage.copy(source, to: target, at: "SDC-IT", expecting: digest)
        try "damaged".write(toFile: target, atomically: true, encoding: .utf8)
        try storage.copy(source, to: target, at: "SDC-IT", expecting: digest)
        try digest.verify(target)
    }

    @Test("keeping an output twice gives the same product")
    func keeps() throws {
        let kept = storage.path(of: "observation/17/raw.fits", survey: "s", at: "SDC-FR")
        try storage.keep(source, at: kept, expecting: digest)
        try FileTree.remove(source)
        try storage.keep(source, at: kept, expecting: digest)
        try digest.verify(kept)
    }

    @Test("only the runner's own leftovers are swept")
    func sweeps() throws {
        try folder.write("", to: "storage/SDC-IT/.incoming/SDC-FR.1")
        try folder.write("", to: "storage/SDC-IT/.incoming/SDC-DE.1")
        try storage.sweep()
        #expect(FileTree.names(in: "\(folder.path)/storage/SDC-IT/.incoming") == ["SDC-DE.1"])
    }

    @Test("a product is named after its item and output, and tells its output again")
    func names() {
        let name = Storage.productName(item: .tile("50294/A.1"), output: "mosaic", mime: "fits")
        #expect(name == "tile/50294%2FA.1/mosaic.fits")
        #expect(Storage.outputName(ofProduct: name) == "mosaic")
    }
}
