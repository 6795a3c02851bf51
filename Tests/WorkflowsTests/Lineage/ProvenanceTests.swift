import Foundation
import GroundSegment
import Testing

@testable import Workflows

@Suite struct ProvenanceTests {
    private var sample: Provenance {
        var provenance = Provenance(namespace: "urn:sgs:run:17:")
        provenance.entities = [
            Provenance.Entity(
                id: "raw", label: "raw frame", digest: String(repeating: "a1", count: 32),
                bytes: 3_000_000_000, location: "SDC-DE/survey/raw.fits"),
            Provenance.Entity(id: "merge/mosaic #1", label: "mosaic"),
        ]
        provenance.agents = [
            Provenance.Agent(id: "release", label: "merge frames", version: "2.1.0")
        ]
        provenance.activities = [
            Provenance.Activity(
                id: "merge#1", label: "merge", start: MJD(posixSeconds: 1_800_000_000),
                end: MJD(posixSeconds: 1_800_000_001.5),
                used: [Provenance.PortEntity(entity: "raw", port: "frames")],
                made: [Provenance.PortEntity(entity: "merge/mosaic #1", port: "mosaic")],
                agents: ["release"], details: ["host": "node-3"])
        ]
        provenance.derivations = [
            Provenance.Derivation(made: "merge/mosaic #1", from: "raw", activity: "merge#1")
        ]
        return provenance
    }

    @Test func `a run's provenance is PROV-JSON`() {
        let text = """
            {"activity":{"sgs:merge%231":{"prov:endTime":"2027-01-15T08:00:01.500000Z",\
            "prov:label":"merge","prov:startTime":"2027-01-15T08:00:00.000000Z",\
            "sgs:host":"node-3"}},\
            "agent":{"sgs:release":{"prov:label":"merge frames",\
            "prov:type":{"$":"prov:SoftwareAgent","type":"prov:QUALIFIED_NAME"},\
            "sgs:version":"2.1.0"}},\
            "entity":{"sgs:merge/mosaic%20%231":{"prov:label":"mosaic"},\
            "sgs:raw":{"prov:label":"raw frame","prov:location":"SDC-DE/survey/raw.fits",\
            "sgs:bytes":{"$":"3000000000","type":"xsd:long"},\
            "sgs:sha256":"\(String(repeating: "a1", count: 32))"}},\
            "prefix":{"prov":"http://www.w3.org/ns/prov#","sgs":"urn:sgs:run:17:",\
            "xsd":"http://www.w3.org/2001/XMLSchema#"},\
            "used":{"_:u1":{"prov:activity":"sgs:merge%231","prov:entity":"sgs:raw",\
            "prov:role":"frames"}},\
            "wasAssociatedWith":{"_:a1":{"prov:activity":"sgs:merge%231",\
            "prov:agent":"sgs:release"}},\
            "wasDerivedFrom":{"_:d1":{"prov:activity":"sgs:merge%231",\
            "prov:generatedEntity":"sgs:merge/mosaic%20%231","prov:usedEntity":"sgs:raw"}},\
            "wasGeneratedBy":{"_:g1":{"prov:activity":"sgs:merge%231",\
            "prov:entity":"sgs:merge/mosaic%20%231","prov:role":"mosaic"}}}
            """
        #expect(sample.json == text)
        // For reading by another program; see contrib/scripts/validate-prov.sh.
        if let file = ProcessInfo.processInfo.environment["SGS_PROV_FILE"] {
            #expect(throws: Never.self) {
                try sample.json.write(toFile: file, atomically: true, encoding: .utf8)
            }
        }
    }

    @Test func `an instant that no date can name is left out`() {
        var provenance = Provenance(namespace: "urn:x:")
        provenance.activities = [
            Provenance.Activity(id: "a", label: "a", start: MJD(.infinity), end: MJD(1e300))
        ]
        #expect(provenance.json.contains(#""sgs:a":{"prov:label":"a"}"#))
    }
}
