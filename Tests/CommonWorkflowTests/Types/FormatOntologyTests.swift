import Testing

@testable import CommonWorkflow

@Suite struct FormatOntologyTests {
    private static let xml = """
        <?xml version="1.0"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns:owl="http://www.w3.org/2002/07/owl#"
            xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
          <owl:Class rdf:about="http://f/fasta">
            <rdfs:subClassOf rdf:resource="http://f/text"/>
            <rdfs:subClassOf><owl:Restriction>
              <owl:onProperty rdf:resource="http://f/is"/>
            </owl:Restriction></rdfs:subClassOf>
          </owl:Class>
          <owl:Class rdf:about="http://f/text">
            <rdfs:subClassOf rdf:resource="http://f/all"/>
          </owl:Class>
        </rdf:RDF>
        """
    private static let turtle = """
        @prefix g: <http://g/> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        # One statement.
        g:fasta a owl:Class ; owl:equivalentClass <http://f/fasta> .
        """

    @Test(
        "a format is a kind of those above it and of those that are the same",
        arguments: [
            ("http://f/fasta", "http://f/all", true), ("http://f/all", "http://f/fasta", false),
            ("http://g/fasta", "http://f/text", true), ("http://f/fasta", "http://g/fasta", true),
            ("http://x", "http://x", true), ("http://f/fasta", "http://f/is", false),
        ])
    func kinds(format: String, other: String, isSo: Bool) throws {
        let folder = try DocumentFolder(["a.owl": Self.xml, "b.ttl": Self.turtle])
        let ontology = FormatOntology(files: ["\(folder.path)/a.owl", "\(folder.path)/b.ttl"])
        #expect(ontology.isKind(format, of: other) == isSo)
    }
}
