import Documents
import Foundation
import Testing
import Workflows

@testable import FrontEnds

@Suite struct EuclidRunFileTests {
    @Test(
        "a run's file of the public pipelines is read",
        arguments: [
            ("analysis_isf.txt", 11), ("calibration_isf.txt", 0), ("bias_measurement_isf.txt", 0),
            ("global_validation_isf.txt", 0), ("reconciliation_isf.txt", 0),
            ("scaling_experiments_isf.txt", 0),
        ])
    func publicFile(name: String, count: Int) throws {
        let path = Samples.path("euclid/isf/\(name)")
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let file = try EuclidRunFile(data, file: name)
        #expect(!file.inputs.isEmpty)
        if count > 0 { #expect(file.inputs.count == count) }
    }

    @Test func `the places, the release and the files of ports are told apart`() throws {
        let file = try EuclidRunFile(
            Data(
                """
                # a run
                workdir = /data/work
                logdir=logs
                pkgRepository = /opt/pkgdefs
                pipelineDir = /opt/scripts
                edenVersion = Eden-3.0

                image = one.fits
                mask = None
                """.utf8), file: "run.isf")
        #expect(file.workFolder == "/data/work")
        #expect(file.logFolder == "logs")
        #expect(file.packages == "/opt/pkgdefs")
        #expect(file.scripts == "/opt/scripts")
        #expect(file.release == "Eden-3.0")
        #expect(file.inputs == ["image": "one.fits", "mask": nil])
    }

    @Test func `all faults are told with their lines`() {
        let error = #expect(throws: WorkflowError.self) {
            try EuclidRunFile(Data("image\n= x\na = 1\na = 2\n".utf8), file: "run.isf")
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "run.isf:1: found \"image\", expected KEY = VALUE",
                "run.isf:2: found no key, expected KEY = VALUE",
                "run.isf:4: found a again, after line 3, expected each key once",
            ])
    }
}
