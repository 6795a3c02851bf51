import BatchSystems
import Foundation
import Testing

@testable import Execution

@Suite struct PilotPropertiesTests {
    private static var recorded: String {
        get throws {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../../Inputs/pilots").standardizedFileURL.path
            return try String(
                contentsOfFile: "\(folder)/nir_ensci_ipac_pilots.properties", encoding: .utf8)
        }
    }

    @Test("a recorded configuration becomes the stanza of an SDC, which is read again")
    func recordedFile() throws {
        let properties = PilotProperties(try Self.recorded, file: "p")
        #expect(properties.faults.isEmpty)
        #expect(
            properties.text == """
                mode: pilots
                interval: 20
                pilots:
                  retries: 40
                  idle: 600
                  classes:
                    genericLight:
                      cores: 15
                      memory: 50000
                      walltime: 600000
                      max_instances: 8
                      max_queued: 6
                """)
        #expect(
            properties.remarks == [
                "p:2: drm.submissionHost.protocol says nothing here",
                "p:3: drm.defaultQueue.scheduler says nothing here",
                "p:4: drm.defaultQueue.destination says nothing here",
                "p:5: pipelinerunner.webserver.useSSL says nothing here",
                "p:11: pipelinerunner.profiling.updateIntervalInSec says nothing here",
                "p:12: pipelinerunner.messaging.requestTimeoutInSec says nothing here",
                "p:14: pipelinerunner.pilots.schedulingIntervalInSec says nothing here",
            ])
        let indented = properties.text.split(separator: "\n").map { "    \($0)" }.joined(
            separator: "\n")
        let site = try SiteBatch.read("site:\n  batch:\n\(indented)", file: "SDC.yaml")
        #expect(site.mode == .pilots)
        #expect(site.interval == 20)
        #expect(site.pilots.idle == 600)
        #expect(site.pilots.retries == 40)
        var light = PilotClass(name: "genericLight", cores: 15, memory: 50000, walltime: 600_000)
        light.maxInstances = 8
        light.maxQueued = 6
        #expect(site.pilots.classes == [light])
    }

    @Test("the last value of a key counts, blanks and comments do not")
    func notation() {
        let properties = PilotProperties(
            """
            ! a comment
            pipelinerunner.pilots.a.CPUcores : 2
              pipelinerunner.pilots.a.rssInMB=4132\t
            pipelinerunner.pilots.a.walltimeInMin = 4320
            pipelinerunner.pilots.a.starveModeInPercent=50
            pipelinerunner.pilots.a.maxInstances=0
            pipelinerunner.pilots.a.CPUcores=8

            """, file: "p")
        #expect(properties.faults.isEmpty)
        #expect(
            properties.text == """
                mode: pilots
                pilots:
                  classes:
                    a:
                      memory: 4132
                      walltime: 259200
                      starving: 50
                      max_instances: 0
                      cores: 8
                """)
    }

    @Test("all faults are told at once, each with its line")
    func faults() {
        let properties = PilotProperties(
            """
            pipelinerunner.pilots.a.CPUcores=none
            pipelinerunner.pilots.a b.CPUcores=1
            nothing
            pipelinerunner.pilots.b.rssInMB=99999999999999999999
            pipelinerunner.pilots.c.maxInstances=1
            pipelinerunner.pilots.maxIdleTimeInSec=0
            """, file: "p")
        #expect(
            properties.faults.map(\.description) == [
                "p:1: pipelinerunner.pilots.a.CPUcores: found \"none\", expected 1 to 1000000",
                "p:2: pipelinerunner.pilots.a b.CPUcores: found \"a b\", expected a name of at "
                    + "most 24 letters, digits, hyphens and underscores",
                "p:3: nothing: found no value, expected KEY=VALUE",
                "p:4: pipelinerunner.pilots.b.rssInMB: found \"99999999999999999999\", expected 1 "
                    + "to 1000000000",
                "p:6: pipelinerunner.pilots.maxIdleTimeInSec: found \"0\", expected 1 to 10000000",
                "p: pipelinerunner.pilots.c: found no CPUcores, expected one",
                "p: pipelinerunner.pilots.c: found no rssInMB, expected one",
                "p: pipelinerunner.pilots.c: found no walltimeInMin, expected one",
            ])
        #expect(PilotProperties("", file: "p").faults.count == 1)
    }
}
